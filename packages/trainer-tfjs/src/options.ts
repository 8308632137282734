import { z } from 'zod'

/** Options of {@link tfjsTrainer}. */
export interface TfjsTrainerOptions {
  /** Milliseconds of training after which a leg writes a checkpoint at the next end of an epoch; 30,000 where absent. */
  readonly checkpointEveryMs?: number
  /** WASM memory in MiB that training may take, at most 2,048; 1,536 where absent. Larger models are refused. */
  readonly memoryMb?: number
}

export const optionsSchema = z.strictObject({
  checkpointEveryMs: z.number().min(0).optional(),
  memoryMb: z.number().gt(0).max(2048).optional(),
})
