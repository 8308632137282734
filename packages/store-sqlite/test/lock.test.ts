import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive, thisProcess } from '../src/lock/process-identity.ts'
import { holderOf } from '../src/lock/study-lock.ts'
import { failure, newFolder, openStore, startHolder } from './helpers.ts'

test('a study that another process writes to is refused, naming process, host and command', async () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('births').close()
  const { pid, kill } = await startHolder(directory, 'births', 'hold')
  const error = await failure(() => store.open('births', 'write'))
  expect(error.code).toBe('RONDO_STORE_LOCKED')
  expect(error.message).toContain(`process ${pid} on ${hostname()}`)
  expect(error.message).toContain('holder.ts')
  expect(store.list()).toEqual([
    { name: 'births', lockedBy: { pid, host: hostname(), command: expect.stringContaining('holder.ts') } },
  ])
  // Reading needs no lock.
  expect(store.open('births', 'read').seq).toBe(0)
  await kill()
  expect(store.list()).toEqual([{ name: 'births' }])
  store.open('births', 'write').close()
})

test('a study that is open in this process is refused and stays open', async () => {
  const store = openStore(newFolder())
  const log = store.create('a')
  const error = await failure(() => store.open('a', 'write'))
  expect(error.code).toBe('RONDO_STORE_LOCKED')
  expect(error.message).toContain('this process')
  log.append([{ type: 'note', text: 'still mine' }], 0)
  log.close()
  log.close()
  store.open('a', 'write').close()
})

test('of many processes that open a study at once exactly one gets it', async () => {
  const directory = newFolder()
  openStore(directory).create('a').close()
  const racers = await Promise.all(Array.from({ length: 5 }, () => startHolder(directory, 'a', 'race')))
  const outcomes = racers.map(async ({ child }) => {
    const [outcome] = (await once(child, 'message')) as [string]
    return outcome
  })
  for (const { child } of racers) child.send('go')
  const all = await Promise.all(outcomes)
  expect(all.filter((outcome) => outcome === 'won')).toHaveLength(1)
  expect(all.filter((outcome) => outcome === 'RONDO_STORE_LOCKED')).toHaveLength(4)
})

test('a lock file that a dead process left is no lock, even if another process has its number now', async () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('a').close()
  const holder = { ...thisProcess(), pid: process.ppid, started: 'another boot/1' }
  writeFileSync(join(directory, 'a', 'log.holder.json'), JSON.stringify(holder))
  expect(isAlive(holder)).toBe(process.platform !== 'linux')
  const log = store.open('a', 'write')
  expect(JSON.parse(readFileSync(join(directory, 'a', 'log.holder.json'), 'utf8'))).toMatchObject({
    pid: process.pid,
  })
  log.close()
})

test('a holder file that was cut off says nothing and hinders nobody', () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('a').close()
  writeFileSync(join(directory, 'a', 'log.holder.json'), '{"pid": 1')
  expect(holderOf(join(directory, 'a'))).toBeUndefined()
  store.open('a', 'write').close()
})
