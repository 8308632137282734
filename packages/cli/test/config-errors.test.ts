import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { FUNCTION_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

const flat = (text: string): string => text.replace(/\s+/g, ' ')

async function tuneWith(files: { readonly [name: string]: string }, ...args: readonly string[]) {
  const { code, stderr } = await rondo(['tune', ...args], { cwd: folder(files) })
  expect(code).toBe(1)
  return flat(stderr)
}

test.each([
  ['of the space', ['--set', 'loss=binaryCrossentropy']],
  ['of the model', []],
])('a loss %s that does not fit the task is refused before there is a study', async (_, args) => {
  const births = fileURLToPath(new URL('../../../examples/births/births.csv', import.meta.url))
  const config = `
import { csv, defineConfig, lstm } from 'rondo'
export default defineConfig({ data: csv(${JSON.stringify(births)}, { target: 'births' }), trials: 1,
  model: lstm({ loss: '${args.length === 0 ? 'binaryCrossentropy' : 'mse'}' }) })
`
  const cwd = folder({ 'rondo.config.ts': config })
  const { stderr } = await rondo(['tune', ...args], { cwd })
  expect(flat(stderr)).toContain('RONDO_TASK_MISMATCH The loss “binaryCrossentropy” does not fit')
  expect(existsSync(join(cwd, 'studies'))).toBe(false)
})

test('a config that is not there', async () => {
  const said = await tuneWith({}, 'other.config.ts')
  expect(said).toContain('RONDO_CONFIG_NOT_FOUND')
  expect(said).toContain('other.config.ts')
})

test('a config that throws is named with its line', async () => {
  const said = await tuneWith({
    'rondo.config.ts': 'const limits = undefined\n\nexport default limits.trials\n',
  })
  expect(said).toContain('RONDO_CONFIG_FAILED')
  expect(said).toContain('at rondo.config.ts:3')
  expect(said).toContain("reading 'trials'")
})

test('a config that throws in a file that it imports is named with that file and line', async () => {
  const said = await tuneWith({
    'rondo.config.ts': "import { space } from './space.ts'\nexport default { space }\n",
    'space.ts': "\nexport const space = JSON.parse('{')\n",
  })
  expect(said).toContain('RONDO_CONFIG_FAILED')
  expect(said).toContain('at space.ts:2')
})

test.each([
  ['JavaScript', 'export default {\n  trials: 3\n  seed: 1,\n}\n', 3],
  ['TypeScript', 'const a: number = 1\nenum Color { Red }\nexport default {}\n', 2],
])('a config that is no %s is named with its line', async (_, text, line) => {
  const said = await tuneWith({ 'rondo.config.ts': text })
  expect(said).toContain('RONDO_CONFIG_FAILED')
  expect(said).toContain(`rondo.config.ts:${line}`)
})

test('a config that imports what is not installed says what', async () => {
  const said = await tuneWith({
    'rondo.config.ts': "import { tpe } from 'rondo-search-tpe'\nexport default { search: tpe() }\n",
  })
  expect(said).toContain('RONDO_CONFIG_FAILED')
  expect(said).toContain('rondo-search-tpe')
})

test('a config without a default export', async () => {
  expect(await tuneWith({ 'rondo.config.ts': 'export const config = {}\n' })).toContain('no default export')
})

test('a field that a config does not have is answered with the nearest', async () => {
  const said = await tuneWith({ 'rondo.config.ts': FUNCTION_CONFIG.replace('trials: 6', 'trails: 6') })
  expect(said).toContain('RONDO_CONFIG_INVALID')
  expect(said).toContain('Did you mean “trials”?')
})

test('a factory that is not called is said to need a call', async () => {
  const said = await tuneWith({
    'rondo.config.ts': FUNCTION_CONFIG.replace('search: random()', 'search: random'),
  })
  expect(said).toContain('RONDO_PLUGIN_INVALID')
  expect(said).toContain('random()')
})

test('a space that is not possible names the hyperparameter', async () => {
  const said = await tuneWith({ 'rondo.config.ts': FUNCTION_CONFIG.replace('int(0, 10)', 'int(10, 0)') })
  expect(said).toContain('RONDO_SPACE_RANGE')
  expect(said).toContain('y')
})

test('a flag for columns does not go over a config that has none', async () => {
  const { code, stderr } = await rondo(['tune', '--target', 'births'], {
    cwd: folder({ 'rondo.config.ts': FUNCTION_CONFIG }),
  })
  expect(code).toBe(2)
  expect(flat(stderr)).toContain('--target changes an option of csv(…)')
})

test('data that is not there, or lacks the target, names the file and the nearest column', async () => {
  expect(await tuneWith({}, 'births.csv', '--target', 'births')).toContain('RONDO_DATA_NOT_FOUND')
  const said = await tuneWith(
    { 'births.csv': 'date,births\n2000-01-01,9083\n2000-01-02,8006\n' },
    'births.csv',
    '--target',
    'birth',
  )
  expect(said).toContain('RONDO_DATA_COLUMN_MISSING')
  expect(said).toContain('“births”')
})

test('text among numbers is named with row and column', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, day) => `${day},${day === 120 ? 'many' : 9000 + (day % 7) * 100}`,
  )
  const said = await tuneWith(
    { 'births.csv': `day,births\n${rows.join('\n')}\n` },
    'births.csv',
    '--target',
    'births',
  )
  expect(said).toContain('births.csv:122, column births')
  expect(said).toContain('"many"')
})

const days = (rows: number): string =>
  Array.from({ length: rows }, (_, i) => {
    const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
    return `${date},${i === 120 ? '' : 9000 + (i % 7) * 100},${i % 5}`
  }).join('\n')

test('a window that is larger than the data is refused before anything is written', async () => {
  const cwd = folder({ 'births.csv': `day,births,promotion\n${days(100)}\n` })
  for (const more of [['--dry-run'], []]) {
    const { code, stdout, stderr } = await rondo(
      ['tune', 'births.csv', '--target', 'births', '--window', '90', ...more],
      { cwd },
    )
    expect(code).toBe(1)
    expect(stderr).toContain('RONDO_DATA_TOO_FEW_ROWS')
    expect(stdout).toBe('')
  }
  expect(readdirSync(cwd)).toEqual(['births.csv'])
})

test('a remedy names the flag to one who gave flags, and the option to one who wrote a config', async () => {
  const files = {
    'births.csv': `day,births,promotion\n${days(300)}\n`,
    'rondo.config.ts': `
import { csv, defineConfig, lstm } from 'rondo'
export default defineConfig({ data: csv('births.csv', { target: 'births' }), model: lstm(), trials: 1 })
`,
  }
  expect(await tuneWith(files, 'births.csv', '--target', 'births')).toContain('choose with --missing')
  expect(await tuneWith(files)).toContain('choose with `missing`')
  const cwd = folder(files)
  const planned = await rondo(
    ['tune', '--missing', 'ffill', '--horizon', '3', '--known', 'promotion', '--dry-run'],
    { cwd },
  )
  expect(planned.stderr).toBe('')
  expect(planned.stdout).toContain('3 steps ahead')
})

test.each([
  ['--maximize', 'val_mae', '--minimize val_mae'],
  ['--minimize', 'val_r2', '--maximize val_r2'],
  ['--maximize', 'val_loss', '--minimize val_loss'],
])('to look for the worst trial is refused: %s %s', async (flag, metric, remedy) => {
  const csv = days(300).replace(',,', ',9000,')
  const cwd = folder({ 'births.csv': `day,births,promotion\n${csv}\n` })
  const { code, stdout } = await rondo(
    ['tune', 'births.csv', '--target', 'births', flag, metric, '--dry-run', '--json'],
    { cwd },
  )
  expect(code).toBe(1)
  expect(jsonLines(stdout)).toMatchObject([
    { code: 'RONDO_OPTION_INVALID', place: { field: 'objective' }, remedy: expect.stringContaining(remedy) },
  ])
})

test('a plan notes values that nobody uses, says that rows stand alone, and lists no endless classes', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${i % 30},k${i % 30}`).join('\n')
  const cwd = folder({ 'kinds.csv': `x,kind\n${rows}\n` })
  const { code, stdout } = await rondo(
    [
      'tune',
      'kinds.csv',
      '--target',
      'kind',
      '--set',
      'learningRate=10..1000',
      '--set',
      'units=8',
      '--dry-run',
    ],
    { cwd },
  )
  expect(code).toBe(0)
  expect(stdout).toMatch(/^task +classify kind, each row by itself$/m)
  expect(stdout).toMatch(/^because +task: classify/m)
  expect(stdout).toMatch(/k\d+ and 6 more$/m)
  expect(stdout.match(/^note .*/gm)).toEqual([
    expect.stringMatching(/^note +learningRate 10 to 1000 is far from what is customary, 1.00e-4 to 0.1$/),
  ])
})

test.each([
  ['dropout=0..1.5', 1.5],
  ['window=0..14', 0],
  ['optimizer=adam,adm', 'adm'],
  ['epochs=0..5', 0],
])('values that no trial could take are refused before the study is begun: %s', async (set, value) => {
  const csv = days(300).replace(',,', ',9000,')
  const cwd = folder({ 'births.csv': `day,births,promotion\n${csv}\n` })
  const { code, stdout } = await rondo(['tune', 'births.csv', '--target', 'births', '--set', set, '--json'], {
    cwd,
  })
  expect(code).toBe(1)
  const param = set.split('=')[0]
  expect(jsonLines(stdout)).toMatchObject([{ code: 'RONDO_SPACE_RANGE', value, place: { param } }])
  expect(readdirSync(cwd)).toEqual(['births.csv'])
})
