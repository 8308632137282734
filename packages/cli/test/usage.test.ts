import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMMANDS } from '../src/commands/index.ts'
import { wrap } from '../src/terminal/wrap.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

test('help lists every command', async () => {
  const { code, stdout } = await rondo(['--help'], { cwd: folder() })
  expect(code).toBe(0)
  for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  expect(stdout).toContain('Exit codes')
})

test.each(COMMANDS.map(({ name }) => name))(
  'the help of %s has examples that its options allow',
  async (name) => {
    const { code, stdout } = await rondo([name, '--help'], { cwd: folder() })
    expect(code).toBe(0)
    const sentences = stdout.split('\n').filter((line) => !line.startsWith(' '))
    for (const line of sentences) expect(line.length).toBeLessThanOrEqual(80)
    const examples = stdout.split('Examples:')[1] ?? ''
    expect(examples).toContain(`rondo ${name}`)
    for (const line of examples.split('\n').filter((text) => text.includes(`rondo ${name}`))) {
      for (const [flag] of line.split('#')[0]!.matchAll(/(?<= )--[a-z-]+/g))
        expect(stdout).toMatch(new RegExp(`^ +(-\\w, )?${flag}\\b`, 'm'))
    }
  },
)

test('without a command the help is shown, and the exit code says that something was missing', async () => {
  const { code, stdout, stderr } = await rondo([], { cwd: folder() })
  expect(code).toBe(2)
  expect(stdout + stderr).toContain('Usage: rondo')
})

test('an option that is misspelt is answered with the nearest one', async () => {
  const { code, stderr } = await rondo(['tune', '--trails', '3'], { cwd: folder() })
  expect(code).toBe(2)
  expect(stderr).toContain('RONDO_OPTION_UNKNOWN')
  expect(stderr).toContain('Did you mean “--trials”?')
})

test('a command that is misspelt is answered with the nearest one', async () => {
  const { code, stderr } = await rondo(['tuen'], { cwd: folder() })
  expect(code).toBe(2)
  expect(stderr).toContain('RONDO_USAGE')
  expect(stderr).toContain('Did you mean “tune”?')
})

test.each([
  ['a number that is none', ['tune', '--trials', 'many'], '--trials'],
  ['a number that is too small', ['tune', '--trials', '0'], 'at least 1'],
  ['a duration without sense', ['tune', '--time', 'soon'], 'a duration such as'],
  ['a choice that is none', ['tune', '--search', 'gird'], '--search'],
  ['a shell that is none', ['completion', 'bosh'], 'Did you mean “bash”?'],
  ['a search that is misspelt', ['tune', '--search', 'byes'], 'Did you mean “bayes”?'],
  ['a space entry without a name', ['tune', '--set', '3..4'], '--set'],
  ['two objectives', ['tune', '--minimize', 'val_mae', '--maximize', 'val_r2'], '--minimize'],
  ['a study too many', ['show', 'a', 'b'], 'show'],
  ['no study', ['show'], 'study'],
  ['nothing to tune', ['tune'], 'neither a config nor a data file'],
  ['no target', ['tune', 'births.csv'], '--target'],
])('%s is a usage error that names what is wrong', async (_, args, named) => {
  const { code, stdout, stderr } = await rondo(args, { cwd: folder() })
  expect(stderr).toMatch(/RONDO_(USAGE|OPTION_INVALID)/)
  expect(stderr.replace(/\s+/g, ' ')).toContain(named)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('an argument that cannot be is named as the help names it', async () => {
  const { code, stderr } = await rondo(['extend', 'births', 'first', '--epochs', '3'], { cwd: folder() })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^ {2}at {5}<trial>$/m)
  expect(stderr).toMatch(/^ {2}value {2}"first"$/m)
})

test('with --json an error is a JSON line as well, and people read it on standard error', async () => {
  const { code, stdout, stderr } = await rondo(['show', 'nothing', '--json'], { cwd: folder() })
  expect(code).toBe(1)
  expect(stderr).toContain('RONDO_STUDY_NOT_FOUND')
  expect(jsonLines(stdout)).toMatchObject([{ type: 'error', code: 'RONDO_STUDY_NOT_FOUND' }])
})

test('where npm runs Rondo, people are told what to type there', async () => {
  const { stdout, stderr } = await rondo(['show', 'nothing', '--json'], {
    cwd: folder(),
    env: { RONDO_COMMAND: 'npm run rondo --' },
  })
  expect(stderr).toContain('`npm run rondo -- list`')
  expect(jsonLines(stdout)).toMatchObject([{ remedy: 'List the studies with `rondo list`.' }])
})

test.each([
  ['a command that is misspelt', ['resum'], '`npm run rondo -- --help`'],
  ['nothing to tune', ['tune'], '`npm run rondo -- init`'],
  ['too few studies', ['compare', 'births'], '`npm run rondo -- compare births births-2`'],
])('%s is answered there with a command on one line', async (_, args, command) => {
  const { stderr } = await rondo(args, { cwd: folder(), env: { RONDO_COMMAND: 'npm run rondo --' } })
  expect(stderr).toContain(command)
  expect(stderr).not.toMatch(/(^|[^-] )rondo (--)?[a-z]/m)
})

test('lines are broken at spaces only, never inside short code, and lose nothing', () => {
  const code = fc.constantFrom('`rondo init`', '`rondo tune births.csv`', '--study', 'word', 'longerword')
  fc.assert(
    fc.property(fc.array(code), fc.integer({ min: 25, max: 80 }), (parts, width) => {
      const text = parts.join(' ')
      const lines = wrap(text, width)
      expect(lines.join(' ')).toBe(text)
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(width)
        expect(line.split('`').length % 2).toBe(1)
      }
    }),
  )
})
