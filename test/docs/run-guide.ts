import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from './guide.ts'
import { root } from './snippets.ts'

/**
 * What a reader types is run as it stands, but for these: options put at the end, which go over those before them. A
 * study by hand has its epochs from its first command, so that every later one repeats them.
 */
const SHORTER: { readonly [command: string]: string } = {
  tune: '--epochs 2 --trials 3 --workers 1',
  train: '--epochs 2',
  resume: '--trials 9 --workers 1',
  retune: '--trials 2 --workers 1',
}

/**
 * The article's search has its epochs in the space, up to 100 of 512 units; what the study by hand may draw is large,
 * too, and partly not for the compiled step.
 */
const SMALLER: { readonly [part: string]: string } = {
  'tune article.config.ts': '--set epochs=1..2 --set units=32..40',
  'resume hand': '--trials 2',
}

/** The rows of each file that the commands get to see; what they are is the same. */
const ROWS = {
  'births/births.csv': 1700,
  'weather/seattle-weather.csv': 1461,
  'rain/jfk-weather.csv': 1500,
  'digits/pen-digits.csv': 2400,
  'article/digits.csv': 2000,
}

/** A reader's folder: the examples with their first rows, and what is installed. */
function prepare(place: string): void {
  cpSync(join(root, 'examples'), join(place, 'examples'), {
    recursive: true,
    filter: (file) => !file.includes('node_modules') && !file.endsWith('.csv'),
  })
  for (const [name, rows] of Object.entries(ROWS)) {
    const file = join(place, 'examples', name)
    const lines = readFileSync(join(root, 'examples', name), 'utf8').split('\n')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${lines.slice(0, rows + 1).join('\n')}\n`)
  }
  for (const folder of ['node_modules', 'packages']) symlinkSync(join(root, folder), join(place, folder))
}

/** Branches of a shell's `case` that put options at the end of the arguments. */
const cases = (options: { readonly [of: string]: string }, pattern = (of: string) => of): string =>
  Object.entries(options)
    .map(([of, more]) => `${pattern(of)}) set -- "$@" ${more};;`)
    .join('\n    ')

const BIN = join(root, 'packages/cli/bin/rondo.js')
const RONDO = `rondo() {
  case "$1" in
    ${cases(SHORTER)}
  esac
  case "$*" in
    ${cases(SMALLER, (part) => `"${part}"*`)}
  esac
  '${process.execPath}' '${BIN}' "$@"
}
set -o pipefail
`

interface Ended {
  readonly code: number | null
  readonly said: string
}

const shell = (command: string, place: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', RONDO + command], {
      cwd: place,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })

/** Tests that run all commands of pages, in order and in one folder, as a reader does. */
export function testPages(pages: readonly Page[]): void {
  const place = mkdtempSync(join(tmpdir(), 'rondo-guide-'))
  beforeAll(() => prepare(place))
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  describe.each(pages)('$name', ({ name, steps }) => {
    // So long because of machines that have other things to do; on two cores that are free a page takes a minute at most.
    test('every command does what it is there for', { timeout: 1_800_000 }, async () => {
      const failures: string[] = []
      for (const step of steps) {
        if (step.kind === 'file') {
          writeFileSync(join(place, basename(step.name)), step.text)
          continue
        }
        const { code, said } = await shell(step.command, place)
        const isRight = code !== null && step.exits.includes(code) && !said.includes('RONDO_INTERNAL')
        if (!isRight) failures.push(`${name}:${step.line} ${step.command}\nended with ${code}:\n${said}`)
      }
      expect(failures).toEqual([])
    })
  })
}
