import * as tf from '@tensorflow/tfjs'
import {
  compileStep,
  describeModel,
  type Numerics,
  type Recipe,
  standaloneHost,
  tfjsHost,
} from '../../src/index.ts'
import { uniform } from '../support/random.ts'

const STEPS = 7
const FEATURES = 2
const BATCH = 12
const recipe: Recipe = {
  loss: { name: 'mse' },
  optimizer: { name: 'adam', epsilon: 1e-9 },
  learningRate: 0.01,
}
const data = { series: uniform(60 * FEATURES, 1), targets: uniform(60, 2) }

/** The losses of a few updates, in each of the ways in which a model can be trained. */
export interface TrialLosses {
  readonly portable: readonly number[]
  readonly fast: readonly number[]
  readonly inTfjsMemory: readonly number[]
  readonly tfjs: readonly number[]
}

const batchOf = (update: number) => Int32Array.from({ length: BATCH }, (_, n) => (update * 7 + n * 4) % 53)

const weightsFor = (shapes: readonly (readonly number[])[]) =>
  shapes.map((shape, n) =>
    uniform(
      shape.reduce((product, size) => product * size, 1),
      20 + n,
      0.4,
    ),
  )

function modelOf(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({ units: 9, inputShape: [STEPS, FEATURES], recurrentActivation: 'sigmoid' }),
      tf.layers.dense({ units: 1 }),
    ],
  })
  const shapes = model.getWeights().map(({ shape }) => shape)
  model.setWeights(weightsFor(shapes).map((values, n) => tf.tensor(values, shapes[n])))
  return model
}

async function compiled(numerics: Numerics, updates: number): Promise<number[]> {
  const { network } = describeModel(modelOf())
  const step = compileStep(network, recipe, await standaloneHost({ numerics }), { batchSize: BATCH })
  step.load(data)
  step.setWeights(weightsFor(step.weightDescriptions.map(({ shape }) => shape)))
  const losses = Array.from(
    { length: updates },
    (_, n) => step.train(batchOf(n), batchOf(n), n).lossSum / BATCH,
  )
  step.dispose()
  return losses
}

async function inTfjsMemory(updates: number): Promise<number[]> {
  const model = modelOf()
  const host = await tfjsHost(tf.backend(), { numerics: 'portable' })
  const { network, weights } = describeModel(model)
  const step = compileStep(network, recipe, host, {
    batchSize: BATCH,
    weightAddresses: weights.map((weight) => () => host.addressOf(weight.read())),
  })
  step.load(data)
  const losses = Array.from(
    { length: updates },
    (_, n) => step.train(batchOf(n), batchOf(n), n).lossSum / BATCH,
  )
  step.dispose()
  return losses
}

async function throughTfjs(updates: number): Promise<number[]> {
  const model = modelOf()
  model.compile({ loss: 'meanSquaredError', optimizer: tf.train.adam(0.01, 0.9, 0.999, 1e-9) })
  const losses: number[] = []
  for (let n = 0; n < updates; n++) {
    const rows = batchOf(n)
    const windows = [...rows].flatMap((row) => [
      ...data.series.subarray(row * FEATURES, (row + STEPS) * FEATURES),
    ])
    const x = tf.tensor3d(windows, [BATCH, STEPS, FEATURES])
    const y = tf.tensor2d(
      Array.from(rows, (row) => data.targets[row] as number),
      [BATCH, 1],
    )
    losses.push((await model.trainOnBatch(x, y)) as number)
  }
  return losses
}

/** Runs the trial on tfjs's WASM backend, already told where its modules are. */
export async function runTrial(updates: number): Promise<TrialLosses> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  await tf.setBackend('wasm')
  return {
    portable: await compiled('portable', updates),
    fast: await compiled('fast', updates),
    inTfjsMemory: await inTfjsMemory(updates),
    tfjs: await throughTfjs(updates),
  }
}
