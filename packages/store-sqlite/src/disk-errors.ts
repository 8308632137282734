import { type ErrorPlace, RondoError } from '@rondo/core'

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that are told apart here. */
const SQLITE = { perm: 3, busy: 5, readonly: 8, corrupt: 11, full: 13, cantopen: 14, notadb: 26 } as const

/** The primary result code of an error of node:sqlite; `undefined` for any other error. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  // The low byte of an extended code is the primary one.
  return error.errcode & 0xff
}

/** The code of a file system error, `ENOSPC` say. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error.code
}

export const isMissing = (error: unknown): boolean =>
  systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR'

export const isBusy = (error: unknown): boolean => sqliteCode(error) === SQLITE.busy

/** Whether an error means that the place cannot be written to at all. */
const isReadOnly = (error: unknown): boolean =>
  sqliteCode(error) === SQLITE.readonly || sqliteCode(error) === SQLITE.perm

/** Whether an error means that SQLite would have had to write in order to read. */
export const isRefusedOpening = (error: unknown): boolean =>
  sqliteCode(error) === SQLITE.cantopen || isReadOnly(error)

const isDamage = (error: unknown): boolean =>
  sqliteCode(error) === SQLITE.corrupt || sqliteCode(error) === SQLITE.notadb

/** What is being done, for the message and its place. */
export interface DiskWork {
  /** The study's name. */
  readonly study?: string
  /** The file or folder. */
  readonly file: string
}

/** An error met while writing, as RONDO_STORE_WRITE or, where the database is damaged, as RONDO_STORE_DAMAGED. */
export function writeError(error: unknown, work: DiskWork): RondoError {
  if (error instanceof RondoError) return error
  if (isDamage(error)) return damaged(work, 'SQLite finds the file malformed', error)
  const remedy = remedyFor(error, work)
  return new RondoError('RONDO_STORE_WRITE', {
    message: `“${work.file}” could not be written: ${reason(error)}.`,
    value: work.file,
    place: place(work),
    ...(remedy === undefined ? {} : { remedy }),
    cause: error,
  })
}

/** An error met while reading, as RONDO_STORE_READ or RONDO_STORE_DAMAGED. */
export function readError(error: unknown, work: DiskWork): RondoError {
  if (error instanceof RondoError) return error
  if (isDamage(error)) return damaged(work, 'SQLite finds the file malformed', error)
  return new RondoError('RONDO_STORE_READ', {
    message: `“${work.file}” could not be read: ${reason(error)}.`,
    value: work.file,
    place: place(work),
    cause: error,
  })
}

/** RONDO_STORE_DAMAGED with what was found. */
export function damaged(work: DiskWork, found: string, cause?: unknown): RondoError {
  return new RondoError('RONDO_STORE_DAMAGED', {
    message: `The log “${work.file}” is damaged: ${found}.`,
    value: work.file,
    place: place(work),
    cause,
  })
}

function place({ study, file }: DiskWork): ErrorPlace {
  return study === undefined ? { file } : { study, file }
}

function reason(error: unknown): string {
  const code = systemCode(error)
  if (sqliteCode(error) === SQLITE.full || code === 'ENOSPC') return 'the disk is full'
  if (code === 'EDQUOT') return 'the disk quota is used up'
  if (code === 'EROFS') return 'the disk is read-only'
  if (isReadOnly(error)) return 'the disk or the file is read-only'
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not'
  if (code === 'ENOTDIR') return 'a part of the path is a file, not a folder'
  if (code === 'ENOENT') return 'its folder is not there'
  if (code === 'EISDIR') return 'it is a folder'
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
}

function remedyFor(error: unknown, { study }: DiskWork): string | undefined {
  const code = systemCode(error)
  if (sqliteCode(error) === SQLITE.full || code === 'ENOSPC' || code === 'EDQUOT') {
    return study === undefined ? 'Free some space.' : 'Free some space; then resume the study.'
  }
  if (code === 'ENOTDIR') return 'Choose another folder.'
  if (code === 'ENOENT') return 'Make the folder, or choose another one.'
  if (code === 'EISDIR') return 'Choose another name.'
  if (code === 'EROFS') return 'Choose a folder on a disk that can be written to.'
  if (code === 'EACCES' || code === 'EPERM' || isReadOnly(error)) {
    return 'Change the permissions of the folder, or choose another one.'
  }
  return undefined
}
