import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextCommand } from '../src/study/next-command.ts'
import { shellWord } from '../src/terminal/shell-word.ts'
import { FUNCTION_CONFIG, SLOW_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { rondo, start } from './support/rondo.ts'

const BIN = fileURLToPath(new URL('../bin/rondo.js', import.meta.url))

/** Types a command as it was printed into a shell that knows `rondo`. */
const typed = (command: string, cwd: string): string =>
  execFileSync('sh', ['-c', `rondo() { "${process.execPath}" "${BIN}" "$@"; }; ${command}`], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })

/** The command behind a hint, to the end of its line. */
const printed = (hint: string, text: string): string =>
  text.split('\n').flatMap((line) => line.split(hint)[1] ?? [])[0] ?? ''

test('a command names the folder of studies where it is not the one that is looked in anyway', () => {
  expect(nextCommand(['resume', 'births'])).toBe('rondo resume births')
  expect(nextCommand(['resume', 'births'], 'studies')).toBe('rondo resume births')
  expect(nextCommand(['resume', 'births'], resolve('studies'))).toBe('rondo resume births')
  expect(nextCommand(['resume', 'births', '--time', '…'], 'kept')).toBe(
    'rondo resume births --time … --studies kept',
  )
  expect(nextCommand(['extend', 'births', 3], join(process.cwd(), "Ann's studies"))).toBe(
    "rondo extend births 3 --studies 'Ann'\\''s studies'",
  )
})

test('a shell takes each word back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\0\n\uD800-\uDFFF]/.test(text))
      const read = execFileSync('sh', ['-c', `printf %s ${shellWord(text, 'linux')}`], { encoding: 'utf8' })
      expect(read).toBe(text)
    }),
    { numRuns: 40, examples: [['a b'], ["'"], ['$HOME'], ['units[2]=16'], ['~'], ['*'], ['']] },
  )
  expect(shellWord('studies\\births', 'win32')).toBe('studies\\births')
  expect(shellWord('my studies', 'win32')).toBe('"my studies"')
  expect(shellWord('my studies\\', 'win32')).toBe('"my studies\\\\"')
  expect(shellWord('say "so"', 'win32')).toBe('"say \\"so\\""')
  expect(shellWord('units,layers', 'win32')).toBe('"units,layers"')
})

test.skipIf(process.platform === 'win32')(
  'what a study in another folder says to do next works as it is printed',
  async () => {
    const cwd = folder({ 'rondo.config.ts': SLOW_CONFIG })
    const running = start(['tune', '--study', 'cut', '--studies', 'other studies'], { cwd })
    await running.said('trial 2')
    running.child.kill('SIGINT')
    const command = "rondo resume cut --studies 'other studies'"
    expect(printed('Go on with: ', (await running.finished).stdout)).toBe(command)
    const shown = await rondo(['show', 'cut', '--studies', 'other studies'], { cwd })
    expect(printed('go on with: ', shown.stdout)).toBe(command)
    expect(typed(command, cwd)).toContain('cut: 8 trials (8 completed)')

    const fewer = await rondo(['resume', 'cut', '--trials', '2', '--studies', 'other studies'], { cwd })
    expect(fewer.stderr.replace(/\s+/g, ' ')).toContain(
      "rondo resume cut --trials 10 --studies 'other studies'",
    )
    const unsaid = await rondo(['extend', 'cut', '0', '--studies', 'other studies'], { cwd })
    expect(unsaid.stderr.replace(/\s+/g, ' ')).toContain(
      "rondo extend cut 0 --epochs 4 --studies 'other studies'",
    )
    const empty = await rondo(['list', '--studies', 'none'], { cwd })
    expect(empty.stdout).toContain('begin one with `rondo tune --studies none`')
  },
)

test('a study that its config keeps elsewhere is found by what is printed', async () => {
  const config = FUNCTION_CONFIG.replace(
    "from '@rondo/core'",
    "from '@rondo/core'\nimport { sqliteStore } from 'rondo'",
  )
    .replace('(Number(x) - 1) ** 2 + Number(y)', 'Number.NaN')
    .replace('search: random()', "search: random(),\n  store: sqliteStore({ directory: 'kept' })")
  const cwd = folder({ 'rondo.config.ts': config })
  const { stdout } = await rondo(['tune', '--study', 'none'], { cwd })
  expect(stdout).toContain('No trial has completed; `rondo show none --studies kept` says why.')
  expect(typed('rondo show none --studies kept', cwd)).toContain('RONDO_OBJECTIVE_VALUE')
  expect(typed('rondo resume none --trials 7 --studies kept || true', cwd)).toContain('7 trials (7 failed)')
})
