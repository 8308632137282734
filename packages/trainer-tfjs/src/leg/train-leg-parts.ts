import type { Callback, Clock } from '@rondo/core'
import type { Numerics } from '@rondo/kernels'
import type { Tf } from '../backend/start.ts'
import type { StepChoice } from '../step/make-step.ts'
import type { LegParts } from './trial-setup.ts'

/** What training works with besides the data and the model. */
export interface TrainLegParts extends LegParts {
  readonly tf: Tf
  readonly clock: Clock
  readonly callbacks: () => readonly Callback[]
  readonly checkpointEveryMs: number
  readonly memoryMb: number
  readonly step: StepChoice
  /** Whether gates are read after every epoch; where absent, on the compiled step. */
  readonly telemetry: boolean | undefined
  readonly numerics: Numerics
}
