import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { RondoError } from '@rondo/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failure, newFolder, note, openStore } from './helpers.ts'

/** A study of some events, closed. */
function madeStudy(): { readonly directory: string; readonly file: string } {
  const directory = newFolder()
  const log = openStore(directory).create('a')
  for (let i = 0; i < 60; i++) log.append([note(`text ${i} ${'x'.repeat(i * 7)}`)], i)
  log.close()
  return { directory, file: join(directory, 'a', 'log.sqlite') }
}

const readAll = (directory: string): unknown => {
  const log = openStore(directory).open('a', 'read')
  try {
    return [...log.read()]
  } finally {
    log.close()
  }
}

test('a file that is no database is damaged', async () => {
  const { directory, file } = madeStudy()
  writeFileSync(
    file,
    'this is not a database, but it is as long as the header of one would be: a hundred bytes or more',
  )
  for (const access of ['read', 'write'] as const) {
    const error = await failure(() => openStore(directory).open('a', access))
    expect(error.code).toBe('RONDO_STORE_DAMAGED')
    expect(error.place.file).toBe(file)
  }
})

test('an empty file, and a database of something else, are damaged', async () => {
  const { directory, file } = madeStudy()
  truncateSync(file, 0)
  expect((await failure(() => openStore(directory).open('a', 'write'))).code).toBe('RONDO_STORE_DAMAGED')
  const other = join(newFolder(), 'other.sqlite')
  const database = new DatabaseSync(other)
  database.exec('CREATE TABLE song (title TEXT)')
  database.close()
  copyFileSync(other, file)
  expect((await failure(() => openStore(directory).open('a', 'read'))).message).toContain('no log')
})

test('a file that was cut off is damaged', async () => {
  const { directory, file } = madeStudy()
  truncateSync(file, 8192)
  expect((await failure(() => readAll(directory))).code).toBe('RONDO_STORE_DAMAGED')
})

test('whichever bytes of a log are changed, no event comes back as another: the log is as it was, shorter, or damaged', () => {
  const { directory, file } = madeStudy()
  const intact = readFileSync(file)
  const expected = readAll(directory)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(intact.length - 1), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      (changes) => {
        const bytes = Uint8Array.from(intact)
        for (const [place, change] of changes) bytes[place]! ^= change
        writeFileSync(file, bytes)
        try {
          const events = readAll(directory) as readonly { readonly at: number }[]
          // The time of an event is for people and not guarded; everything else is.
          const timeless = (list: unknown) => (list as { event: unknown }[]).map(({ event }) => event)
          expect(timeless(events)).toEqual(timeless(expected).slice(0, events.length))
        } catch (error) {
          if (!(error instanceof RondoError)) throw error
          expect(['RONDO_STORE_DAMAGED', 'RONDO_STORE_NEWER', 'RONDO_STORE_READ']).toContain(error.code)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('an event that is missing in the middle is named', async () => {
  const { directory, file } = madeStudy()
  const database = new DatabaseSync(file)
  database.exec('DELETE FROM event WHERE seq = 17')
  database.close()
  expect((await failure(() => readAll(directory))).message).toContain('event 17 is missing')
})

test('an event that was edited is named', async () => {
  const { directory, file } = madeStudy()
  const database = new DatabaseSync(file)
  database.exec(`UPDATE event SET event = '{"type":"note","text":"better"}' WHERE seq = 5`)
  database.close()
  expect((await failure(() => readAll(directory))).message).toContain('event 5 is not what was written')
})

test('a log of a newer Rondo is refused and left alone', async () => {
  const { directory, file } = madeStudy()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA user_version = 99')
  database.close()
  for (const access of ['read', 'write'] as const) {
    const error = await failure(() => openStore(directory).open('a', access))
    expect(error.code).toBe('RONDO_STORE_NEWER')
    expect(error.value).toBe(99)
  }
})

test('a folder that holds no log is no study', async () => {
  const directory = newFolder()
  mkdirSync(join(directory, 'notes'))
  writeFileSync(join(directory, 'file'), '')
  const store = openStore(directory)
  expect(store.list()).toEqual([])
  expect((await failure(() => store.open('notes', 'read'))).code).toBe('RONDO_STUDY_NOT_FOUND')
  expect((await failure(() => store.open('file', 'read'))).code).toBe('RONDO_STUDY_NOT_FOUND')
  expect((await failure(() => store.create('file'))).code).toBe('RONDO_STUDY_EXISTS')
  expect(openStore(join(directory, 'nowhere')).list()).toEqual([])
})
