import { compileOptimizer, dropoutMask, type KernelHost } from '@rondo/kernels'
import type * as tfjs from '@tensorflow/tfjs'
import { sampleLoss } from '../loss/loss.ts'
import { readWeights, writeWeights } from '../model/weights.ts'
import { type DrawMask, forward, type Output, type Pass } from './forward.ts'
import { gateCounter } from './gate-counter.ts'
import { gatherWindows, seriesTensor } from './gather.ts'
import type { Graph } from './graph.ts'
import { inOurWords } from './kernel-errors.ts'
import type { StepParts } from './step-parts.ts'
import type { Samples, TrainStep, UpdateResult } from './train-step.ts'

/**
 * A training step for any tfjs model: the forward pass and its gradient through tfjs's operations, the optimizer of the
 * compiled step on copies in the kernels' memory.
 *
 * @throws RONDO_MODEL_INVALID, RONDO_MODEL_TOO_LARGE
 */
export function tfjsStep(parts: StepParts, graph: Graph, host: KernelHost): TrainStep {
  const { tf, model, recipe, data, seed, fold, trial } = parts
  const variables = model.trainableWeights.map((weight) => weight.read() as tfjs.Variable)
  const sizes = variables.map(({ size, rank }) => ({ length: size, penalised: rank > 1 }))
  const optimizer = inOurWords(trial, 'RONDO_MODEL_INVALID', () => compileOptimizer(recipe, sizes, host))
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
      const { weights: updated, gradientNorm } = optimizer.update(
        variables.map((variable) => variable.dataSync() as Float32Array),
        variables.map(({ name }) => grads[name]!.dataSync() as Float32Array),
        update,
      )
      // A new tensor each time: the backend keeps packed copies of what it multiplies with, and would not see weights
      // that change in their place.
      variables.forEach((variable, i) => {
        variable.assign(tf.tensor(updated[i]!, variable.shape))
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
    setLearningRate: (learningRate) => optimizer.setLearningRate(learningRate),
    setDropout(rate) {
      dropout = rate
    },
    readWeights: () => readWeights(model),
    writeWeights: (weights) => writeWeights(tf, model, weights),
    snapshot: () => optimizer.snapshot(),
    restore(bytes) {
      inOurWords(trial, 'RONDO_CHECKPOINT_INVALID', () => optimizer.restore(bytes))
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
      optimizer.dispose()
    },
  }
}
