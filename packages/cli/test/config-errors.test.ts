import { expect, test } from 'vitest'
import { FUNCTION_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { rondo } from './support/rondo.ts'

const flat = (text: string): string => text.replace(/\s+/g, ' ')

async function tuneWith(files: { readonly [name: string]: string }, ...args: readonly string[]) {
  const { code, stderr } = await rondo(['tune', ...args], { cwd: folder(files) })
  expect(code).toBe(1)
  return flat(stderr)
}

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

test('a flag for columns does not go over a config', async () => {
  const { code, stderr } = await rondo(['tune', '--target', 'births'], {
    cwd: folder({ 'rondo.config.ts': FUNCTION_CONFIG }),
  })
  expect(code).toBe(2)
  expect(flat(stderr)).toContain('--target describes a data file')
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
