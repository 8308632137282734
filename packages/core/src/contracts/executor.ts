import { token } from '../composition/token.ts'
import type { StudySpec } from '../study/study-spec.ts'
import type { ArtifactStore } from './artifacts.ts'
import type { Leg, LegMessage, LegResult } from './trainer.ts'

/** A leg that an executor has taken. */
export interface LegHandle {
  /** @throws RondoError of scope `trial` where the params or the worker are at fault, of scope `study` otherwise. */
  readonly result: Promise<LegResult>
  /** Asks it to write a checkpoint at the end of the epoch and to end with outcome `interrupted`. */
  interrupt(): void
}

/** Where legs run: this process, a pool of processes, workers on other machines. */
export interface Executor {
  /** The number of legs that can run at a time. */
  readonly concurrency: number
  /**
   * Called once, before the first leg, with what a worker rebuilds the study from.
   * @throws RONDO_WORKER_FINGERPRINT where a worker comes to something else, RONDO_CONFIG_INVALID where it can't rebuild.
   */
  prepare?(spec: StudySpec): Promise<void>
  /** Takes a leg. Not called for more than {@link Executor.concurrency} legs at a time. */
  run(leg: Leg, artifacts: ArtifactStore, onMessage: (message: LegMessage) => void): LegHandle
}

export const EXECUTOR = token<Executor>('executor')
