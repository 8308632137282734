import type { LoggedEvent } from '../contracts/store.ts'
import type { Measurement } from '../contracts/trainer.ts'

/** Watches a study while it runs, for displays. What it throws is not caught. */
export interface StudyObserver {
  /** After an event has been written and has taken effect. */
  onEvent?(logged: LoggedEvent): void
  /** After an epoch of a running leg; not in the log until the leg ends. */
  onMeasured?(trial: number, measurement: Measurement): void
}
