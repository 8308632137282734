import {
  type BuiltModel,
  type Dataset,
  deriveSeed,
  type Fold,
  type Leg,
  largestValue,
  type ModelBuilder,
  type PreparedFold,
  RondoError,
  type Space,
  type Splitter,
  splitRows,
} from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'

/** What a leg is run with. */
export interface LegParts {
  readonly dataset: Dataset
  readonly splitter: Splitter
  readonly builder: ModelBuilder
  readonly space: Space | undefined
}

/**
 * The largest window that any trial of the study can have, so that all are scored on the same rows; 0 where the space
 * leaves the window to the dataset.
 */
export function largestWindow({ space }: LegParts): number {
  return space === undefined ? 0 : (largestValue(space, 'window') ?? 0)
}

/** The folds of the development rows; the same for every trial of the study. @throws RONDO_SPLIT_INVALID */
export function developmentFolds(parts: LegParts, { seed }: Leg): readonly Fold[] {
  const request = parts.dataset.development().targets(largestWindow(parts))
  return splitRows(parts.splitter, request, seed)
}

/** A fold's model with its first weights. */
export async function buildModel(
  { builder, dataset }: LegParts,
  { params, seed, trial }: Leg,
  fold: number,
  data: PreparedFold,
): Promise<BuiltModel<tfjs.LayersModel>> {
  const { task, quantiles } = dataset.description
  const shapes = {
    task,
    steps: data.window,
    features: data.features,
    outputs: data.outputs,
    ragged: data.lengths !== undefined,
    ...(quantiles && { quantiles }),
  }
  const built = await builder.build({
    params,
    shapes,
    seed: (purpose) => deriveSeed({ seed, trial, fold, purpose: `weights/${purpose}` }),
  })
  const model = built.model as tfjs.LayersModel
  const outputs = model.outputs[0]?.shape.at(-1)
  if (outputs !== data.outputs) {
    model.dispose()
    throw new RondoError('RONDO_MODEL_INVALID', {
      message: `The model of “${builder.name}” has ${outputs} outputs; the data needs ${data.outputs}.`,
      value: outputs ?? null,
      place: { trial },
    })
  }
  return { model, recipe: built.recipe }
}

/** The epochs of a fold where every fold gets its full budget: the hyperparameter `epochs` may ask for fewer. */
export function fullEpochs({ params, fullBudget }: Leg): number {
  const { epochs } = params
  return typeof epochs === 'number' ? Math.min(epochs, fullBudget.epochs) : fullBudget.epochs
}
