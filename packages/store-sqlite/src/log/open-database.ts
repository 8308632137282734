import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RondoError } from '@rondo/core'
import { type DiskWork, damaged, isRefusedOpening, readError, writeError } from '../disk-errors.ts'
import { DatabaseSync } from '../sqlite.ts'
import { MIGRATIONS, migrate, pragma, versionOf } from './migrations.ts'

/** Marks a SQLite file as a study's log: `Rndo` in ASCII. */
const APPLICATION_ID = 0x526e646f

/** How long a statement waits for another connection, a reader that recovers the log after a crash say. */
const BUSY_TIMEOUT_MS = 5_000

/** An open database, and what closing it takes. */
export interface OpenDatabase {
  readonly database: DatabaseSync
  close(): void
}

/** Makes the database of a new log at `file`, complete and closed. @throws what SQLite throws */
export function createDatabase(file: string): void {
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA journal_mode = WAL')
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    migrate(database)
  } finally {
    database.close()
  }
}

/** @throws RONDO_STORE_DAMAGED, RONDO_STORE_NEWER, RONDO_STORE_WRITE */
export function openForWriting(work: DiskWork): OpenDatabase {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(work.file, { timeout: BUSY_TIMEOUT_MS })
    requireLog(database, work)
    database.exec('PRAGMA journal_mode = WAL')
    // Commits survive the death of the process; a power cut may cost the last ones, never the database.
    database.exec('PRAGMA synchronous = NORMAL')
    migrate(database)
    const opened = database
    return { database, close: () => opened.close() }
  } catch (error) {
    database?.close()
    throw writeError(error, work)
  }
}

/**
 * Opens a log beside its writer, if there is one. Where the disk is read-only or the log is of an older version, a
 * private copy is read instead, because SQLite has to write even to read a log that was not closed.
 *
 * @throws RONDO_STORE_DAMAGED, RONDO_STORE_NEWER, RONDO_STORE_READ
 */
export function openForReading(work: DiskWork): OpenDatabase {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(work.file, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
    requireLog(database, work)
    if (versionOf(database) < MIGRATIONS.length) {
      const copy = openCopy(work, (file) => database!.prepare('VACUUM INTO ?').run(file))
      database.close()
      return copy
    }
    const opened = database
    return { database, close: () => opened.close() }
  } catch (error) {
    database?.close()
    if (isRefusedOpening(error)) return openCopy(work, (file) => copyDatabase(work.file, file))
    throw readError(error, work)
  }
}

function copyDatabase(from: string, to: string): void {
  copyFileSync(from, to)
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`)
}

function openCopy(work: DiskWork, copyTo: (file: string) => void): OpenDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-log-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  let database: DatabaseSync | undefined
  try {
    const file = join(folder, 'log.sqlite')
    copyTo(file)
    database = new DatabaseSync(file)
    requireLog(database, work)
    migrate(database)
    const opened = database
    return {
      database,
      close: () => {
        opened.close()
        remove()
      },
    }
  } catch (error) {
    database?.close()
    remove()
    throw readError(error, work)
  }
}

function requireLog(database: DatabaseSync, work: DiskWork): void {
  if (pragma(database, 'application_id') !== APPLICATION_ID) throw damaged(work, 'it is no log of a study')
  const version = versionOf(database)
  if (version > MIGRATIONS.length) {
    throw new RondoError('RONDO_STORE_NEWER', {
      message: `The log “${work.file}” is of version ${version}; this Rondo knows versions up to ${MIGRATIONS.length}.`,
      value: version,
      place: { ...(work.study === undefined ? {} : { study: work.study }), file: work.file },
    })
  }
}
