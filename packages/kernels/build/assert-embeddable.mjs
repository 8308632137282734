const SECTIONS = {
  8: 'a start function',
  9: 'a table of functions',
  11: 'data segments',
  12: 'data segments',
}

/** Reads an unsigned LEB128 number: the value and where the next field begins. */
function unsigned(bytes, at) {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at]
  }
}

function text(bytes, at) {
  const [length, start] = unsigned(bytes, at)
  return [new TextDecoder().decode(bytes.subarray(start, start + length)), start + length]
}

/**
 * A module that shares another program's memory must leave all of it alone but what it is given: no data segments, no
 * start function, nothing imported but the memory, no growing of it, no stack of its own in it.
 */
export function assertEmbeddable(name, bytes, wat) {
  const refuse = (what) => {
    throw new Error(`${name}.wasm has ${what}, so it cannot live in another program's memory.`)
  }
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at]
    const [size, body] = unsigned(bytes, at + 1)
    if (id in SECTIONS) refuse(SECTIONS[id])
    if (id === 2) {
      const [count, first] = unsigned(bytes, body)
      const [module, afterModule] = text(bytes, first)
      const [field] = text(bytes, afterModule)
      if (count !== 1 || module !== 'env' || field !== 'memory') refuse('imports other than env.memory')
    }
    at = body + size
  }
  if (wat.includes('memory.grow')) refuse('code that grows the memory')
  if (/__stack_pointer|__heap_base|__alloc/.test(wat)) refuse('a heap or a stack of its own')
}
