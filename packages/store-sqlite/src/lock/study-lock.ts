import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RondoError } from '@rondo/core'
import { z } from 'zod'
import { isBusy, writeError } from '../disk-errors.ts'
import { DatabaseSync } from '../sqlite.ts'
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts'

/** The file that is locked. It stays empty; the operating system holds the lock and drops it with the process. */
const LOCK_FILE = 'log.lock'
/** Says who holds the lock, for messages only. */
const HOLDER_FILE = 'log.holder.json'

const holderSchema = z.object({
  pid: z.int(),
  host: z.string(),
  command: z.string(),
  started: z.string().optional(),
})

/** A lock that is held until it is released or the process dies. */
export interface StudyLock {
  release(): void
}

/**
 * Takes the lock of the study in `folder`. It is SQLite's exclusive lock on an empty database, so that the operating
 * system decides between racers, and a dead holder's lock is free at once, whatever has become of its number.
 *
 * @throws RONDO_STORE_LOCKED naming the holder, RONDO_STORE_WRITE
 */
export function takeLock(folder: string, study: string): StudyLock {
  const file = join(folder, LOCK_FILE)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: 0 })
    database.exec('PRAGMA journal_mode = OFF')
    database.exec('BEGIN EXCLUSIVE')
    writeHolder(folder)
  } catch (error) {
    database?.close()
    throw isBusy(error) ? locked(folder, study) : writeError(error, { study, file })
  }
  const held = database
  return {
    release: () => {
      // While still held: afterwards the file may be the next holder's.
      rmSync(join(folder, HOLDER_FILE), { force: true })
      held.close()
    },
  }
}

/** The living process that holds the lock of the study in `folder`, as far as it says so. */
export function holderOf(folder: string): ProcessIdentity | undefined {
  let text: string
  try {
    text = readFileSync(join(folder, HOLDER_FILE), 'utf8')
  } catch {
    return undefined
  }
  const { pid, host, command, started } = parseHolder(text) ?? {}
  if (pid === undefined || host === undefined || command === undefined) return undefined
  const holder = { pid, host, command, ...(started === undefined ? {} : { started }) }
  return isAlive(holder) ? holder : undefined
}

function parseHolder(text: string): z.infer<typeof holderSchema> | undefined {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function writeHolder(folder: string): void {
  const aside = join(folder, `${HOLDER_FILE}.new`)
  writeFileSync(aside, `${JSON.stringify(thisProcess())}\n`)
  renameSync(aside, join(folder, HOLDER_FILE))
}

/** A holder writes its name right after it has the lock; who comes in between waits for it so long. */
const HOLDER_WAIT_MS = 50

function locked(folder: string, study: string): RondoError {
  let holder = holderOf(folder)
  if (holder === undefined) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HOLDER_WAIT_MS)
    holder = holderOf(folder)
  }
  if (holder === undefined) {
    return new RondoError('RONDO_STORE_LOCKED', {
      message: `Study “${study}” is being written to by another process.`,
      place: { study },
    })
  }
  const { pid, host, command } = holder
  const own = pid === process.pid && holder.started === thisProcess().started
  return new RondoError('RONDO_STORE_LOCKED', {
    message: own
      ? `Study “${study}” is open for writing in this process already.`
      : `Study “${study}” is being written to by process ${pid} on ${host}: ${command}.`,
    value: { pid, host, command },
    place: { study },
    ...(own ? { remedy: 'Close the log that is open, or open this one for reading.' } : {}),
  })
}
