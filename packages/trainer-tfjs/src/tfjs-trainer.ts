import {
  CALLBACK,
  CLOCK,
  DATASET,
  definePlugin,
  factory,
  MODEL_BUILDER,
  optional,
  type Plugin,
  SPLITTER,
  STUDY_SPACE,
  TRAINER,
  type Trainer,
} from '@rondo/core'
import { environment } from './environment.ts'
import { optionsSchema, type TfjsTrainerOptions } from './options.ts'

/**
 * Trains tfjs models on WASM. Neither this plugin nor its composition loads tfjs; the first leg does.
 */
export const tfjsTrainer = (options: TfjsTrainerOptions = {}): Plugin<Trainer> =>
  definePlugin({
    name: 'tfjs',
    provides: TRAINER,
    scope: 'study',
    options,
    schema: optionsSchema,
    inject: [DATASET, SPLITTER, MODEL_BUILDER, factory(CALLBACK), CLOCK, optional(STUDY_SPACE)],
    create: (source, splitter, builder, callbacks, clock, space): Trainer => ({
      hyperparameters: ['epochs'],
      environment: environment(options),
      async run(leg, context) {
        const { runLeg } = await import('./leg/run-leg.ts')
        const dataset = await source.load()
        const { step = 'auto', numerics = 'fast', checkpointEveryMs = 30_000, memoryMb = 1536 } = options
        const { telemetry } = options
        const limits = { telemetry, step, numerics, checkpointEveryMs, memoryMb }
        const parts = { dataset, splitter, builder, space, clock, callbacks, ...limits }
        return runLeg(parts, leg, context)
      },
    }),
  })
