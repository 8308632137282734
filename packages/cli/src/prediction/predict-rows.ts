import {
  type ArtifactFiles,
  type ArtifactStore,
  compose,
  DATASET,
  type Dataset,
  definePlugin,
  type Fold,
  type JsonObject,
  type Leg,
  type Params,
  type PreparedFold,
  SPLITTER,
  systemClock,
  TRAINER,
} from '@rondo/core'
import { applyPreprocess, type Plan, type Prediction, type PredictionInput, readTable } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { tfjsTrainer } from '@rondo/trainer-tfjs'

/** Which windows of the new rows are predicted: the last of each series, or all. */
export type Which = 'last' | 'all'

/**
 * Predicts the rows of a file (`-`: standard input) with a saved model.
 *
 * The model is run by the trainer's own `evaluate` leg: its data is the new rows, and in the place of scoring the
 * outputs are turned into the data's units.
 *
 * @throws data errors, RONDO_ARTIFACT_DAMAGED, RONDO_BACKEND
 */
export async function predictRows(
  model: ArtifactFiles,
  file: string,
  which: Which,
): Promise<readonly Prediction[]> {
  const preprocess = json(model, 'preprocess.json')
  const input = applyPreprocess(preprocess, await readTable(file), which)
  let predictions: readonly Prediction[] = []
  const dataset = newRows(input, preprocess, (outputs) => {
    predictions = input.decode(outputs)
    return {}
  })
  const source = definePlugin({
    name: 'new-rows',
    provides: DATASET,
    scope: 'process',
    create: () => ({ load: async () => dataset }),
  })
  const undivided = definePlugin({
    name: 'undivided',
    provides: SPLITTER,
    scope: 'study',
    create: () => ({ folds: 1, split: () => [] }),
  })
  const composition = compose([source, undivided, lstm(), tfjsTrainer(), systemClock()])
  try {
    await composition.resolve(TRAINER).run(evaluation(json(model, 'params.json') as Params), {
      signal: new AbortController().signal,
      artifacts: onlyReading(model),
      send() {},
    })
  } finally {
    await composition.dispose()
  }
  return predictions
}

const json = (files: ArtifactFiles, name: string): JsonObject =>
  JSON.parse(new TextDecoder().decode(files[name])) as JsonObject

const MODEL = { name: 'model', sha256: '' }

const evaluation = (params: Params): Leg => ({
  kind: 'evaluate',
  trial: 0,
  leg: 0,
  attempt: 0,
  params,
  seed: 0,
  objective: { metric: 'val_loss', direction: 'minimize' },
  budget: { epochs: 1, folds: 1 },
  fullBudget: { epochs: 1, folds: 1 },
  tags: {},
  from: MODEL,
})

/** New rows as a dataset whose test rows they are. */
function newRows(input: PredictionInput, preprocess: JsonObject, score: PreparedFold['score']): Dataset {
  const plan = preprocess.plan as unknown as Plan
  const windows = Int32Array.from(input.starts.keys())
  const fold: Fold = { train: new Int32Array(), validation: windows }
  const outputs = outputUnits(plan)
  const prepared: PreparedFold = {
    series: input.series,
    features: input.features,
    window: input.window,
    targets: new Float32Array(windows.length * outputs),
    outputs,
    trainStarts: new Int32Array(),
    trainTargets: new Int32Array(),
    validationStarts: input.starts,
    validationTargets: windows,
    ...(input.lengths && { lengths: input.lengths }),
    score,
    preprocess,
  }
  const view = {
    targets: () => ({ targets: windows, horizon: 1, sequential: true, window: 1 }),
    prepare: () => prepared,
  }
  return {
    description: {
      name: 'new rows',
      hash: '',
      task: plan.task,
      rows: input.series.length / input.features,
      testRows: windows.length,
      features: [],
      targets: plan.targets,
      horizon: Math.max(1, plan.horizon),
      outputs,
      seasons: [],
      sequential: !plan.sequences,
    },
    hyperparameters: [],
    metrics: [],
    development: () => view,
    evaluation: () => ({ view, fold: () => fold }),
    baselines: () => [],
  }
}

/** Units of the model's last layer. */
function outputUnits({ task, targets, horizon, classes }: Plan): number {
  if (classes !== undefined) return classes.length === 2 ? 1 : classes.length
  return task === 'forecast' ? targets.length * horizon : targets.length
}

function onlyReading(files: ArtifactFiles): ArtifactStore {
  const refuse = async (): Promise<never> => {
    throw new Error('A prediction writes nothing.')
  }
  return { read: async () => files, write: refuse, publish: refuse, remove: refuse, list: async () => [] }
}
