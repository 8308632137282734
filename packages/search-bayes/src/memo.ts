import type { History, JsonObject } from '@rondo/core'
import { z } from 'zod'

const memoSchema = z.object({
  design: z.number(),
  fit: z
    .object({ rows: z.number(), theta: z.array(z.number()), draws: z.array(z.array(z.number())) })
    .optional(),
})

/** What is remembered with each suggestion; it comes back with the history. */
export interface Memo {
  /** The seed of the study's scrambled Sobol sequence. */
  readonly design: number
  /** The last fit of the model's hyperparameters. */
  readonly fit?: Fit
}

export interface Fit {
  /** The number of rows behind it: one for each configuration and budget; a repetition adds none. */
  readonly rows: number
  /** The most probable hyperparameters. */
  readonly theta: readonly number[]
  /** Draws from all that are probable; none where rows are so many that they hardly differ. */
  readonly draws: readonly (readonly number[])[]
}

/** The memo of the latest suggestion; `undefined` where there is none of this strategy's. */
export function latestMemo(history: History): Memo | undefined {
  for (let i = history.trials.length - 1; i >= 0; i--) {
    const { success, data } = memoSchema.safeParse(history.trials[i]!.memo)
    if (success) return { design: data.design, ...(data.fit === undefined ? {} : { fit: data.fit }) }
  }
  return undefined
}

/** The memo as it is logged. */
export function memoJson({ design, fit }: Memo): JsonObject {
  return fit === undefined
    ? { design }
    : { design, fit: { rows: fit.rows, theta: [...fit.theta], draws: fit.draws.map((draw) => [...draw]) } }
}
