import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failure, newFolder, openStore } from './helpers.ts'

test.each([
  '',
  '.',
  '..',
  '../a',
  'a/b',
  'a\\b',
  '/a',
  '.hidden',
  'a.',
  'a ',
  ' a',
  'a\u0000b',
  'a\nb',
  'con',
  'NUL.txt',
  'C:',
  'x'.repeat(201),
  'ä'.repeat(101),
])('%j cannot be the name of a study', async (name) => {
  const directory = newFolder()
  const store = openStore(join(directory, 'studies'))
  for (const work of [() => store.create(name), () => store.open(name, 'read')]) {
    const error = await failure(work)
    expect(error.code).toBe('RONDO_OPTION_INVALID')
    expect(error.value).toBe(name)
  }
  expect(readdirSync(directory)).toEqual([])
})

test.each(['a', '2024', 'air quality', 'v1.2_final-3', 'größe', '気温', 'console', 'x'.repeat(200)])(
  '%j can be the name of a study',
  (name) => {
    const store = openStore(newFolder())
    store.create(name).close()
    expect(store.list()).toEqual([{ name }])
  },
)

test.each([
  '',
  '.',
  '../a',
  'a/../b',
  '/a',
  'a//b',
  'a\\b',
  'log.sqlite',
  'log.lock',
  '.published/x',
  '.tmp-1-1',
  'a\u0000',
])('%j cannot be the name of an artifact', async (name) => {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  const { artifacts } = log
  for (const work of [
    () => artifacts.write(name, {}),
    () => artifacts.read({ name, sha256: '' }),
    () => artifacts.remove(name),
  ]) {
    expect((await failure(work)).code).toBe('RONDO_OPTION_INVALID')
  }
  log.close()
  expect(existsSync(join(directory, 'a', 'log.sqlite'))).toBe(true)
})

test.each(['../x', '/x', 'a/../../x', '.', '', '.artifact'])(
  '%j cannot be a file of an artifact',
  async (file) => {
    const log = openStore(newFolder()).create('a')
    const error = await failure(() => log.artifacts.write('trials/0/model', { [file]: Uint8Array.of(1) }))
    expect(error.code).toBe('RONDO_OPTION_INVALID')
    expect(await log.artifacts.list()).toEqual([])
    log.close()
  },
)

test('an artifact can lie neither in another nor around one', async () => {
  const log = openStore(newFolder()).create('a')
  const { artifacts } = log
  await artifacts.write('trials/0/model', { a: Uint8Array.of(1) })
  for (const name of ['trials/0/model/inner', 'trials/0', 'trials']) {
    const error = await failure(() => artifacts.write(name, { a: Uint8Array.of(2) }))
    expect(error.code).toBe('RONDO_OPTION_INVALID')
  }
  expect(await artifacts.list()).toEqual(['trials/0/model'])
  log.close()
})
