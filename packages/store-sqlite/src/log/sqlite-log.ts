import type { StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { type ArtifactStore, type LoggedEvent, RondoError, type StudyEvent, type StudyLog } from '@rondo/core'
import { type DiskWork, damaged, readError, writeError } from '../disk-errors.ts'
import { parseEvent, stringifyEvent } from './event-json.ts'
import type { OpenDatabase } from './open-database.ts'

/** Rows are read so many at a time: an open cursor would hold back the writer's checkpoints. */
const PAGE = 256

/** What a log is made of. */
export interface SqliteLogParts {
  readonly study: string
  readonly file: string
  readonly database: OpenDatabase
  readonly artifacts: ArtifactStore
  /** The time of an event; absent where the log is open for reading only. */
  readonly now?: () => number
  /** Called once, when the log is closed. */
  readonly onClose?: () => void
}

/** The log of one study in a SQLite database. */
export class SqliteLog implements StudyLog {
  readonly name: string
  readonly artifacts: ArtifactStore
  readonly #parts: SqliteLogParts
  readonly #work: DiskWork
  readonly #last: StatementSync
  readonly #page: StatementSync
  #closed = false

  constructor(parts: SqliteLogParts) {
    this.name = parts.study
    this.artifacts = parts.artifacts
    this.#parts = parts
    this.#work = { study: parts.study, file: parts.file }
    const { database } = parts.database
    try {
      this.#last = database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM event')
      this.#page = database.prepare(
        `SELECT seq, at, type, event, crc FROM event WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
      )
    } catch (error) {
      throw damaged(this.#work, 'its table of events cannot be read', error)
    }
  }

  get seq(): number {
    this.#requireOpen()
    try {
      return Number(this.#last.get()?.seq)
    } catch (error) {
      throw readError(error, this.#work)
    }
  }

  *read(after = 0): Iterable<LoggedEvent> {
    let seq = after
    for (;;) {
      const rows = this.#rowsAfter(seq)
      for (const row of rows) yield this.#check(row, ++seq)
      if (rows.length < PAGE) return
    }
  }

  append(events: readonly StudyEvent[], expectedSeq: number): number {
    const now = this.#requireWritable(expectedSeq)
    const { database } = this.#parts.database
    try {
      database.exec('BEGIN IMMEDIATE')
      let seq = this.seq
      if (seq !== expectedSeq) throw this.#conflict(`is at event ${seq}, not at ${expectedSeq}`, expectedSeq)
      const at = now()
      const insert = this.#insert
      for (const event of events) {
        seq++
        const text = stringifyEvent(event)
        insert.run(seq, at, event.type, text, checksum(seq, event.type, text))
      }
      database.exec('COMMIT')
      return seq
    } catch (error) {
      // SQLite ends the transaction itself after some errors, a full disk say.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw writeError(error, this.#work)
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    try {
      this.#parts.database.close()
    } finally {
      this.#parts.onClose?.()
    }
  }

  #inserting: StatementSync | undefined

  get #insert(): StatementSync {
    this.#inserting ??= this.#parts.database.database.prepare(
      'INSERT INTO event (seq, at, type, event, crc) VALUES (?, ?, ?, ?, ?)',
    )
    return this.#inserting
  }

  #rowsAfter(seq: number): Record<string, unknown>[] {
    this.#requireOpen()
    try {
      return this.#page.all(seq)
    } catch (error) {
      throw readError(error, this.#work)
    }
  }

  #check(row: Record<string, unknown>, expected: number): LoggedEvent {
    const seq = Number(row.seq)
    if (seq !== expected) throw damaged(this.#work, `event ${expected} is missing`)
    const text = String(row.event)
    if (checksum(seq, String(row.type), text) !== Number(row.crc)) {
      throw damaged(this.#work, `event ${seq} is not what was written`)
    }
    return { seq, at: Number(row.at), event: parseEvent(text) as StudyEvent }
  }

  #requireOpen(): void {
    if (this.#closed) throw this.#conflict('has been closed', null)
  }

  #requireWritable(expectedSeq: number): () => number {
    this.#requireOpen()
    const { now } = this.#parts
    if (now === undefined) throw this.#conflict('is open for reading only', expectedSeq)
    return now
  }

  #conflict(what: string, value: number | null): RondoError {
    return new RondoError('RONDO_STORE_CONFLICT', {
      message: `The log of study “${this.name}” ${what}.`,
      value,
      place: { study: this.name },
    })
  }
}

const checksum = (seq: number, type: string, text: string): number => crc32(`${seq}\n${type}\n${text}`)
