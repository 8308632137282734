import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { switchCopy } from '../src/artifacts/switch-link.ts'
import { failure, newFolder, openStore } from './helpers.ts'

test('best/ is an ordinary folder for whoever looks, also after the study was moved', async () => {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  const ref = await log.artifacts.write('trials/3/model', {
    'model.json': Uint8Array.of(7),
    'f/w.bin': Uint8Array.of(8),
  })
  await log.artifacts.publish(ref, 'best')
  log.close()
  renameSync(join(directory, 'a'), join(directory, 'moved'))
  const best = join(directory, 'moved', 'best')
  expect([...readFileSync(join(best, 'model.json'))]).toEqual([7])
  expect(readdirSync(best).sort()).toEqual(['f', 'model.json'])
})

test('an artifact whose bytes were changed is damaged', async () => {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  const ref = await log.artifacts.write('trials/0/model', { a: Uint8Array.of(1, 2) })
  for (const change of [
    () => writeFileSync(join(directory, 'a/trials/0/model/a'), Uint8Array.of(1, 3)),
    () => writeFileSync(join(directory, 'a/trials/0/model/b'), ''),
  ]) {
    change()
    expect((await failure(() => log.artifacts.read(ref))).code).toBe('RONDO_ARTIFACT_DAMAGED')
  }
  log.close()
})

test('many artifacts can be written and removed at a time', async () => {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  const { artifacts } = log
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const ref = await artifacts.write(`trials/${i % 6}/checkpoint-${i}`, { a: Uint8Array.of(i) })
      if (i % 3 > 0) await artifacts.remove(ref.name)
    }),
  )
  expect(await artifacts.list()).toHaveLength(20)
  for (let i = 0; i < 60; i += 3) await artifacts.remove(`trials/${i % 6}/checkpoint-${i}`)
  expect(existsSync(join(directory, 'a', 'trials'))).toBe(false)
  log.close()
})

test('what is open for reading, or closed, takes no artifacts', async () => {
  const store = openStore(newFolder())
  const writer = store.create('a')
  const ref = await writer.artifacts.write('trials/0/model', { a: Uint8Array.of(1) })
  const reader = store.open('a', 'read')
  expect(await reader.artifacts.read(ref)).toEqual({ a: Uint8Array.of(1) })
  writer.close()
  for (const { artifacts } of [reader, writer]) {
    for (const work of [
      () => artifacts.write('x', {}),
      () => artifacts.publish(ref, 'best'),
      () => artifacts.remove('x'),
    ]) {
      expect((await failure(work)).code).toBe('RONDO_STORE_CONFLICT')
    }
  }
  expect((await failure(() => writer.append([], 0))).message).toContain('closed')
  reader.close()
})

test('what dead processes left aside is swept; what a living one is writing is not', () => {
  const directory = newFolder()
  // No process has the largest number that there can be.
  const dead = '.tmp-4194304-1'
  const alive = `.tmp-${process.ppid}-1`
  for (const name of [dead, alive]) mkdirSync(join(directory, name))
  const store = openStore(directory)
  store.create('a').close()
  expect(existsSync(join(directory, dead))).toBe(false)
  expect(existsSync(join(directory, alive))).toBe(true)
  expect(store.list()).toEqual([{ name: 'a' }])
  // Inside a study there is one writer: whoever has the lock sweeps everything.
  for (const name of [dead, alive]) mkdirSync(join(directory, 'a', name))
  store.open('a', 'write').close()
  expect(readdirSync(join(directory, 'a')).filter((name) => name.startsWith('.tmp'))).toEqual([])
})

test('where there are no links, a copy takes the place of the former one whole', async () => {
  const root = newFolder()
  for (const version of ['one', 'two']) {
    mkdirSync(join(root, version, 'deep'), { recursive: true })
    writeFileSync(join(root, version, 'deep', `${version}.txt`), version)
  }
  const shown = join(root, 'best')
  for (const version of ['one', 'two', 'one']) {
    await switchCopy({ root, shown, target: join(root, version) })
    expect(lstatSync(shown).isDirectory()).toBe(true)
    expect(readdirSync(join(shown, 'deep'))).toEqual([`${version}.txt`])
  }
  expect(readdirSync(root).sort()).toEqual(['best', 'one', 'two'])
})

test('a name that was written as an artifact can be published over, and the other way round', async () => {
  const log = openStore(newFolder()).create('a')
  const { artifacts } = log
  const written = await artifacts.write('best', { a: Uint8Array.of(1) })
  const ref = await artifacts.write('trials/0/model', { a: Uint8Array.of(2) })
  await artifacts.publish(ref, 'best')
  expect(await artifacts.read({ ...ref, name: 'best' })).toEqual({ a: Uint8Array.of(2) })
  expect((await failure(() => artifacts.read(written))).code).toBe('RONDO_ARTIFACT_DAMAGED')
  await artifacts.write('best', { a: Uint8Array.of(1) })
  expect(await artifacts.read(written)).toEqual({ a: Uint8Array.of(1) })
  log.close()
})
