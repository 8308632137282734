import type { PreparedFold, Recipe } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'

/** What a training step is made of. */
export interface StepParts {
  readonly tf: Tf
  readonly model: tfjs.LayersModel
  readonly recipe: Recipe
  readonly data: PreparedFold
  /** With `fold` the key of the dropout masks. */
  readonly seed: number
  readonly fold: number
  /** MiB that training may take. */
  readonly memoryMb: number
  /** For messages. */
  readonly trial: number
}
