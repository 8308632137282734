import { RondoError } from '@rondo/core'
import { dropoutMask } from '@rondo/kernels'
import type * as tfjs from '@tensorflow/tfjs'
import { sampleLoss } from '../loss/loss.ts'
import { readWeights, writeWeights } from '../model/weights.ts'
import { optimizerOf } from '../optimizer/optimizer.ts'
import { type DrawMask, forward, type Output, type Pass } from './forward.ts'
import { gateCounter } from './gate-counter.ts'
import { gatherWindows, seriesTensor } from './gather.ts'
import type { Graph } from './graph.ts'
import type { StepParts } from './step-parts.ts'
import type { Samples, TrainStep, UpdateResult } from './train-step.ts'

/**
 * A training step for any tfjs model: the forward pass and its gradient through tfjs's operations, the optimizer on the
 * weights where they lie in WASM's memory.
 */
export function tfjsStep({ tf, model, recipe, data, seed, fold }: StepParts, graph: Graph): TrainStep {
  const variables = model.trainableWeights.map((weight) => weight.read() as tfjs.Variable)
  const optimizer = optimizerOf(
    recipe,
    variables.map(({ size }) => size),
  )
  const series = seriesTensor(tf, data)
  const targets = tf.tensor2d(data.targets, [data.targets.length / data.outputs, data.outputs])
  let dropout: number | undefined

  const weightsOf = (rows: Int32Array): Float32Array =>
    Float32Array.from(rows, (row) => data.weights?.[row] ?? 1)

  const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

  /** The sum over the batch of the samples' losses, each times its weight. A scalar. */
  const lossSumOf = ({ predicted }: Output, rows: Int32Array, weights: Float32Array): tfjs.Scalar => {
    const truth = tf.gather(targets, tf.tensor1d(rows, 'int32'))
    return tf.sum(tf.mul(sampleLoss(tf, recipe.loss, predicted, truth), tf.tensor1d(weights)))
  }

  const drawMaskOf =
    (update: number): DrawMask =>
    (layer, use, shape, rate) => {
      const size = shape.reduce((product, length) => product * length, 1)
      return tf.tensor(dropoutMask({ seed, fold, step: update, layer, use }, size, rate), [...shape])
    }

  const train = (batch: Samples, update: number): UpdateResult =>
    tf.tidy(() => {
      const weights = weightsOf(batch.targets)
      const weight = sum(weights)
      const { value, grads } = tf.variableGrads(() => {
        const { x, steps } = gatherWindows(tf, series, data, batch)
        const pass: Pass = { drawMask: drawMaskOf(update), dropout, steps }
        const output = forward(tf, graph, recipe.loss, x, pass)
        // Samples that all weigh nothing have no gradient, rather than one divided by 0.
        return tf.div(lossSumOf(output, batch.targets, weights), weight || 1)
      }, variables)
      const loss = value.dataSync()[0]!
      const tensors = variables.map((variable) => ({
        weights: variable.dataSync() as Float32Array,
        gradient: grads[variable.name]!.dataSync() as Float32Array,
        penalised: variable.rank > 1,
      }))
      const gradientNorm = optimizer.update(tensors)
      // A new tensor each time: the backend keeps packed copies of what it multiplies with, and would not see weights
      // that change in their place.
      variables.forEach((variable, i) => {
        variable.assign(tf.tensor(tensors[i]!.weights, variable.shape))
      })
      return { lossSum: loss * (weight || 1), weight, gradientNorm }
    })

  const infer = (batch: Samples): Output => {
    const { x, steps } = gatherWindows(tf, series, data, batch)
    return forward(tf, graph, recipe.loss, x, { steps })
  }

  return {
    kind: 'tfjs',
    get learningRate() {
      return optimizer.learningRate
    },
    train,
    evaluate: (batch) =>
      tf.tidy(() => {
        const weights = weightsOf(batch.targets)
        const output = infer(batch)
        const lossSum = lossSumOf(output, batch.targets, weights).dataSync()[0]!
        return { lossSum, weight: sum(weights), outputs: output.outputs.dataSync() as Float32Array }
      }),
    predict: (batch) => tf.tidy(() => infer(batch).outputs.dataSync() as Float32Array),
    setLearningRate(learningRate) {
      optimizer.learningRate = learningRate
    },
    setDropout(rate) {
      dropout = rate
    },
    readWeights: () => readWeights(model),
    writeWeights: (weights) => writeWeights(tf, model, weights),
    snapshot: () => optimizer.snapshot(),
    restore(bytes) {
      if (optimizer.restore(bytes)) return
      throw new RondoError('RONDO_CHECKPOINT_INVALID', {
        message: `The checkpoint holds ${bytes.length} bytes of optimizer state, which do not fit this model and optimizer.`,
        value: bytes.length,
      })
    },
    telemetry(batch) {
      const counter = gateCounter()
      tf.tidy(() => {
        const { x, steps } = gatherWindows(tf, series, data, batch)
        forward(tf, graph, recipe.loss, x, { steps, watch: counter.watch })
      })
      return counter.readings()
    },
    dispose() {
      series.dispose()
      targets.dispose()
    },
  }
}
