import type { StudyLog } from '../contracts/store.ts'
import type { StopReason } from './events.ts'
import { Ledger, type PublishedBest } from './ledger.ts'
import type { StudyState } from './study-state.ts'

/** A study as its log tells it, for people and reports: every result is visible, whatever its virtual time. */
export interface StudyReading {
  readonly name: string
  readonly state: StudyState
  /** The trial that `best/` shows. */
  readonly published?: PublishedBest
  /** Why the last session ended; absent where it was killed, or is under way. */
  readonly ended?: StopReason
  /** Milliseconds worked, over all sessions. */
  readonly workedMs: number
}

/** Reads a log. @throws RONDO_STORE_DAMAGED */
export function readStudy(log: StudyLog): StudyReading {
  const ledger = Ledger.read(log).revealAll()
  const { state, published, ended } = ledger
  return {
    name: log.name,
    state,
    ...(published && { published }),
    ...(ended && { ended }),
    workedMs: ledger.workedMs(),
  }
}
