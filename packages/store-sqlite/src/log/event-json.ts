/** The key of an object that stands for a number which JSON does not have. */
const NUMBER = '$number'

/** Keys that have to be told apart from {@link NUMBER}: written with one more `$`. */
const RESERVED = /^\$+number$/

type Tree = null | undefined | boolean | number | string | readonly Tree[] | { readonly [key: string]: Tree }

/**
 * JSON that keeps every number: NaN, ±Infinity and −0 become `{"$number":"NaN"}` and so on. A log whose measurements
 * came back as `null` would not replay.
 */
export function stringifyEvent(event: object): string {
  const tree = event as Tree
  // Nearly no event needs it, and looking is far cheaper than copying.
  return JSON.stringify(needsEncoding(tree) ? encode(tree) : tree)
}

/** The inverse of {@link stringifyEvent}. @throws SyntaxError */
export function parseEvent(text: string): unknown {
  const tree = JSON.parse(text) as Tree
  return text.includes('$number"') ? decode(tree) : tree
}

function isPlain(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function needsEncoding(tree: Tree): boolean {
  if (typeof tree === 'number') return !isPlain(tree)
  if (typeof tree !== 'object' || tree === null) return false
  if (isArray(tree)) return tree.some(needsEncoding)
  for (const key in tree) if (RESERVED.test(key) || needsEncoding(tree[key])) return true
  return false
}

function encode(tree: Tree): Tree {
  if (typeof tree === 'number')
    return isPlain(tree) ? tree : { [NUMBER]: Object.is(tree, -0) ? '-0' : String(tree) }
  return map(tree, encode, (key) => (RESERVED.test(key) ? `$${key}` : key))
}

function decode(tree: Tree): Tree {
  if (typeof tree === 'object' && tree !== null && !isArray(tree) && typeof tree[NUMBER] === 'string') {
    return Number(tree[NUMBER])
  }
  return map(tree, decode, (key) => (RESERVED.test(key) ? key.slice(1) : key))
}

function map(tree: Tree, value: (tree: Tree) => Tree, key: (key: string) => string): Tree {
  if (typeof tree !== 'object' || tree === null) return tree
  if (isArray(tree)) return tree.map(value)
  // fromEntries defines properties rather than setting them, which `__proto__` would not survive.
  return Object.fromEntries(Object.entries(tree).map(([name, child]) => [key(name), value(child)]))
}

const isArray = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree)
