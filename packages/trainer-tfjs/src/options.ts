import { z } from 'zod'

/** Options of {@link tfjsTrainer}. */
export interface TfjsTrainerOptions {
  /**
   * What computes the updates: `compiled` is one WebAssembly module, `tfjs` works for any model. `auto`, the default,
   * takes the compiled step wherever it covers the model, and says where it does not.
   */
  readonly step?: 'auto' | 'tfjs' | 'compiled'
  /**
   * Of the compiled step: `fast`, the default, fuses multiply-adds where the CPU can; `portable` gives the same bits on
   * every CPU.
   */
  readonly numerics?: 'fast' | 'portable'
  /** Milliseconds of training after which a leg writes a checkpoint at the next end of an epoch; 30,000 where absent. */
  readonly checkpointEveryMs?: number
  /**
   * Whether the gates of LSTM layers are read after every epoch, on 64 validation samples. Where absent the compiled
   * step does, and the step through tfjs, which is slowed down by it, does not.
   */
  readonly telemetry?: boolean
  /** WASM memory in MiB that training may take, at most 2,048; 1,536 where absent. Larger models are refused. */
  readonly memoryMb?: number
}

export const optionsSchema = z.strictObject({
  step: z.enum(['auto', 'tfjs', 'compiled']).optional(),
  numerics: z.enum(['fast', 'portable']).optional(),
  checkpointEveryMs: z.number().min(0).optional(),
  telemetry: z.boolean().optional(),
  memoryMb: z.number().gt(0).max(2048).optional(),
})
