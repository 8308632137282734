import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './snippets.ts'

/** A step of a page of the guide: a command, or a file that a reader saves. */
export type Step =
  | {
      readonly kind: 'command'
      readonly command: string
      readonly exits: readonly number[]
      readonly line: number
    }
  | { readonly kind: 'file'; readonly name: string; readonly text: string }

export interface Page {
  readonly name: string
  readonly steps: readonly Step[]
}

const FOLDER = join(root, 'docs/guide')

/**
 * The pages of the guide with all that they ask a reader to do, in order. A block ```` ```sh ```` is of commands that
 * end with 0, ```` ```sh exits 1 ```` (or `exits 0 or 3`) of such as end otherwise; ```` ```sh once ```` is for readers
 * alone. A block of TypeScript that begins with the name of a file is saved under that name.
 */
export function guide(): readonly Page[] {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .sort()
  return names.map((name) => ({ name, steps: stepsOf(readFileSync(join(FOLDER, name), 'utf8')) }))
}

function stepsOf(text: string): readonly Step[] {
  const blocks = text.matchAll(/^```(ts|sh)(?: (.*))?\n([\s\S]*?)^```$/gm)
  return [...blocks].flatMap(([, language, mark = '', body = '']): readonly Step[] => {
    if (language === 'ts') {
      const name = /^\/\/ ([\w.-]+\.ts)\n/.exec(body)?.[1]
      return name === undefined ? [] : [{ kind: 'file', name, text: body }]
    }
    if (mark === 'once') return []
    const exits = mark === '' ? [0] : [...mark.matchAll(/\d+/g)].map(Number)
    const line = text.slice(0, text.indexOf(body)).split('\n').length
    return commandsOf(body).map((command) => ({ kind: 'command', command, exits, line }))
  })
}

/** A line each, unless it ends with a backslash. */
const commandsOf = (body: string): readonly string[] =>
  body
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
