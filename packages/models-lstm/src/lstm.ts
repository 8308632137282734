import { definePlugin, MODEL_BUILDER, type ModelBuilder, type Plugin } from '@rondo/core'
import { buildLstm } from './build.ts'
import { hyperparameterNames, type LstmOptions, lstmSchema, readHyperparameters } from './hyperparameters.ts'
import { priorMeanOf } from './prior/prior-mean.ts'
import { lossOf } from './recipe.ts'
import { defaultSpace, spaceFor } from './space.ts'

const plugin = (options: LstmOptions = {}): Plugin<ModelBuilder> =>
  definePlugin({
    name: 'lstm',
    provides: MODEL_BUILDER,
    scope: 'study',
    options,
    schema: lstmSchema.strict(),
    create: () => ({
      name: 'lstm',
      hyperparameters: hyperparameterNames,
      space: spaceFor,
      priorMean: (space) => priorMeanOf(space.definition, options),
      check: (params, data) => {
        const values = readHyperparameters(params, options)
        if (data !== undefined) lossOf(values, data)
      },
      batchSize: (params) => readHyperparameters(params, options).batchSize,
      build: (request) => buildLstm(request, options),
    }),
  })

/**
 * Stacked LSTM layers with dropout and a dense output that fits the task. Options are values for hyperparameters that
 * the space leaves out:
 *
 * ```ts
 * model: lstm({ layers: 2, clipNorm: 5 }),
 * space: { ...lstm.space, units: int(32, 512, { log: true }) },
 * ```
 *
 * Without a `space` in the config, the study searches one by rows, seasons and task of the data.
 */
export const lstm = Object.assign(plugin, { space: defaultSpace })
