import { token } from '../composition/token.ts'
import type { StudyEvent } from '../study/events.ts'
import type { ArtifactStore } from './artifacts.ts'

/** An event with its place in the log and the time at which it was written. */
export interface LoggedEvent {
  /** From 1, without gaps. */
  readonly seq: number
  /** Milliseconds since 1970-01-01 UTC. For people; nothing is decided by it but the time budget. */
  readonly at: number
  readonly event: StudyEvent
}

/** What `list` says of a study without opening it. */
export interface StudyEntry {
  readonly name: string
  /** The process that holds its lock, where one does. */
  readonly lockedBy?: { readonly pid: number; readonly host: string; readonly command: string }
}

/** The log of one study, open. Only one writer can have it. */
export interface StudyLog {
  readonly name: string
  /** The number of the last event; 0 in a new log. */
  readonly seq: number
  /** Every event after `after` (0: all), in order. */
  read(after?: number): Iterable<LoggedEvent>
  /**
   * Appends all events or none, durably against the death of this process. Returns the new {@link StudyLog.seq}.
   * @throws RONDO_STORE_CONFLICT when `expectedSeq` is not the log's, RONDO_STORE_WRITE when the disk refuses.
   */
  append(events: readonly StudyEvent[], expectedSeq: number): number
  readonly artifacts: ArtifactStore
  /** Releases the lock. */
  close(): void
}

/** The durable logs of studies. */
export interface Store {
  list(): readonly StudyEntry[]
  /** @throws RONDO_STUDY_EXISTS, RONDO_STORE_WRITE */
  create(name: string): StudyLog
  /**
   * Opens for writing (taking the lock) or only for reading.
   * @throws RONDO_STUDY_NOT_FOUND, RONDO_STORE_LOCKED naming the holder, RONDO_STORE_DAMAGED, RONDO_STORE_NEWER
   */
  open(name: string, access: 'write' | 'read'): StudyLog
}

export const STORE = token<Store>('store')
