import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { failure, newFolder, note, openStore } from './helpers.ts'

const isPosix = process.platform !== 'win32'
const isRoot = process.getuid?.() === 0
const script = fileURLToPath(new URL('./fixtures/on-hostile-disk.ts', import.meta.url))
const asNobody = (directory: string, what: string): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [...process.execArgv, script, directory, what], { encoding: 'utf8' }),
  )

const canMount = isRoot && tryMount()

/** Root goes on as nobody, who must then be able to read this checkout. */
const canBeOther = isPosix && (!isRoot || asNobodyWorks())

function asNobodyWorks(): boolean {
  try {
    return Array.isArray(asNobody('/nowhere', 'list'))
  } catch {
    return false
  }
}

function tryMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A small disk of its own, gone after the test. */
function smallDisk(kilobytes: number): string {
  const directory = join(newFolder(), 'disk')
  mkdirSync(directory)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', directory])
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory])
  })
  return directory
}

/** A folder with the study `a` of two events, in which nothing may be changed. */
function readOnlyFolder(): string {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  log.append([note('1'), note('2')], 0)
  log.close()
  chmodSync(directory, 0o555)
  chmodSync(join(directory, 'a'), 0o555)
  for (const file of readdirSync(join(directory, 'a'))) chmodSync(join(directory, 'a', file), 0o444)
  onTestFinished(() => {
    chmodSync(directory, 0o755)
    chmodSync(join(directory, 'a'), 0o755)
  })
  return directory
}

test.skipIf(!canBeOther)('in a folder that may not be written to, studies can be listed and read', () => {
  const directory = readOnlyFolder()
  expect(asNobody(directory, 'list')).toEqual([{ name: 'a' }])
  expect(asNobody(directory, 'read')).toEqual([note('1'), note('2')])
})

test.skipIf(!canBeOther)(
  'in a folder that may not be written to, every change is refused and nothing is left',
  () => {
    const directory = readOnlyFolder()
    const before = readdirSync(directory, { recursive: true })
    for (const what of ['create', 'write']) {
      expect(asNobody(directory, what)).toMatchObject({
        code: 'RONDO_STORE_WRITE',
        remedy: expect.stringContaining('permissions'),
      })
    }
    expect(readdirSync(directory, { recursive: true })).toEqual(before)
  },
)

test.skipIf(!canBeOther)('a log whose writer was killed can be read where nothing may be written', () => {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  log.append([note('1'), note('2')], 0)
  // As the files of a crash lie there: the events are in the write-ahead log only.
  const copy = newFolder()
  mkdirSync(join(copy, 'a'))
  for (const file of ['log.sqlite', 'log.sqlite-wal']) {
    copyFileSync(join(directory, 'a', file), join(copy, 'a', file))
  }
  log.close()
  chmodSync(copy, 0o555)
  chmodSync(join(copy, 'a'), 0o555)
  onTestFinished(() => chmodSync(join(copy, 'a'), 0o755))
  expect(asNobody(copy, 'read')).toEqual([note('1'), note('2')])
})

test.skipIf(!canBeOther)('a folder that may not even be read says so', () => {
  const directory = newFolder()
  mkdirSync(join(directory, 'closed'))
  chmodSync(directory, 0o755)
  chmodSync(join(directory, 'closed'), 0)
  onTestFinished(() => chmodSync(join(directory, 'closed'), 0o755))
  expect(asNobody(join(directory, 'closed'), 'list')).toMatchObject({ code: 'RONDO_STORE_READ' })
})

test.skipIf(!canMount)('a full disk refuses an append whole; with space again the log goes on', async () => {
  const directory = smallDisk(1024)
  const log = openStore(directory).create('a')
  log.append([note('first')], 0)
  const ballast = join(directory, 'ballast')
  const { bavail, bsize } = statfsSync(directory)
  writeFileSync(ballast, new Uint8Array(Math.max(0, bavail * bsize - 32_768)))
  const large = Array.from({ length: 40 }, (_, i) => note(`${i}${'x'.repeat(10_000)}`))
  const error = await failure(() => log.append(large, 1))
  expect(error.code).toBe('RONDO_STORE_WRITE')
  expect(error.message).toContain('full')
  expect(error.remedy).toContain('Free some space')
  expect(log.seq).toBe(1)
  expect([...log.read()]).toHaveLength(1)
  writeFileSync(ballast, '')
  expect(log.append(large, 1)).toBe(41)
  log.close()
})

test.skipIf(!canMount)('a full disk refuses an artifact whole, and what was there stays', async () => {
  const directory = smallDisk(1024)
  const log = openStore(directory).create('a')
  const { artifacts } = log
  const ref = await artifacts.write('trials/0/model', { a: Uint8Array.of(1) })
  await artifacts.publish(ref, 'best')
  const error = await failure(() => artifacts.write('trials/0/model', { a: new Uint8Array(2 ** 21) }))
  expect(error.code).toBe('RONDO_STORE_WRITE')
  expect(error.message).toContain('full')
  expect(await artifacts.read(ref)).toEqual({ a: Uint8Array.of(1) })
  expect(await artifacts.read({ ...ref, name: 'best' })).toEqual({ a: Uint8Array.of(1) })
  expect(readdirSync(join(directory, 'a')).filter((name) => name.startsWith('.tmp'))).toEqual([])
  log.close()
})

test.skipIf(!canMount)('a study that a full disk keeps from being made leaves no folder', async () => {
  const directory = smallDisk(64)
  writeFileSync(join(directory, 'ballast'), new Uint8Array(60_000))
  const error = await failure(() => openStore(directory).create('a'))
  expect(error.code).toBe('RONDO_STORE_WRITE')
  expect(readdirSync(directory)).toEqual(['ballast'])
})
