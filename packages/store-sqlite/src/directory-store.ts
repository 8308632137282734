import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { didYouMean, RondoError, type Store, type StudyEntry, type StudyLog } from '@rondo/core'
import { FileArtifacts } from './artifacts/file-artifacts.ts'
import { asideName, clearAside, removeQuietly, sweepAside } from './aside.ts'
import { isMissing, readError, systemCode, writeError } from './disk-errors.ts'
import { holderOf, takeLock } from './lock/study-lock.ts'
import { createDatabase, openForReading, openForWriting } from './log/open-database.ts'
import { SqliteLog } from './log/sqlite-log.ts'
import { isStudyName, requireStudyName } from './study-name.ts'

const LOG_FILE = 'log.sqlite'

/** A folder of studies, each a folder with a log and artifacts. */
export class DirectoryStore implements Store {
  readonly #directory: string
  readonly #now: () => number

  /** @param now Milliseconds since 1970-01-01 UTC, for the times of events. */
  constructor(directory: string, now: () => number) {
    // Resolved now: the working directory may change later.
    this.#directory = resolve(directory)
    this.#now = now
  }

  list(): readonly StudyEntry[] {
    return this.#names().map((name) => {
      const holder = holderOf(this.#folder(name))
      if (holder === undefined) return { name }
      const { pid, host, command } = holder
      return { name, lockedBy: { pid, host, command } }
    })
  }

  create(name: string): StudyLog {
    requireStudyName(name)
    const folder = this.#folder(name)
    if (exists(folder)) throw alreadyThere(name)
    const aside = join(this.#directory, asideName())
    try {
      makeFolder(this.#directory)
      mkdirSync(aside)
      createDatabase(join(aside, LOG_FILE))
      renameSync(aside, folder)
    } catch (error) {
      removeQuietly(aside)
      const taken =
        ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'].includes(systemCode(error) ?? '') && exists(folder)
      throw taken ? alreadyThere(name) : writeError(error, { study: name, file: folder })
    }
    sweepAside(this.#directory)
    return this.open(name, 'write')
  }

  open(name: string, access: 'write' | 'read'): StudyLog {
    requireStudyName(name)
    if (!exists(join(this.#folder(name), LOG_FILE))) throw this.#notFound(name)
    return access === 'write' ? this.#openForWriting(name) : this.#openForReading(name)
  }

  #openForWriting(name: string): StudyLog {
    const folder = this.#folder(name)
    const file = join(folder, LOG_FILE)
    const lock = takeLock(folder, name)
    try {
      const database = openForWriting({ study: name, file })
      clearAside(folder)
      const artifacts = new FileArtifacts(folder, name, 'write')
      const onClose = (): void => {
        artifacts.close()
        lock.release()
      }
      return logOn(
        database,
        () => new SqliteLog({ study: name, file, database, artifacts, now: this.#now, onClose }),
      )
    } catch (error) {
      lock.release()
      throw error
    }
  }

  #openForReading(name: string): StudyLog {
    const folder = this.#folder(name)
    const file = join(folder, LOG_FILE)
    const database = openForReading({ study: name, file })
    const artifacts = new FileArtifacts(folder, name, 'read')
    return logOn(database, () => new SqliteLog({ study: name, file, database, artifacts }))
  }

  #folder(name: string): string {
    return join(this.#directory, name)
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory)
        .filter((name) => isStudyName(name) && exists(join(this.#folder(name), LOG_FILE)))
        .sort()
    } catch (error) {
      if (isMissing(error)) return []
      throw readError(error, { file: this.#directory })
    }
  }

  #notFound(name: string): RondoError {
    return new RondoError('RONDO_STUDY_NOT_FOUND', {
      message: `There is no study “${name}” in “${this.#directory}”.${didYouMean(name, this.#names())}`,
      value: name,
      place: { study: name, file: this.#directory },
    })
  }
}

function logOn(database: { close(): void }, make: () => SqliteLog): SqliteLog {
  try {
    return make()
  } catch (error) {
    database.close()
    throw error
  }
}

function alreadyThere(name: string): RondoError {
  return new RondoError('RONDO_STUDY_EXISTS', {
    message: `A study “${name}” exists already.`,
    value: name,
    place: { study: name },
  })
}

/** With those above it. `recursive` of mkdir would report a disk that is read-only as a missing folder. */
function makeFolder(path: string): void {
  if (exists(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    if (isMissing(error)) return false
    throw readError(error, { file: path })
  }
}
