import { type Recipe, RondoError } from '@rondo/core'
import { compileStep, type Network, type TfjsHost } from '@rondo/kernels'
import { readWeights, writeWeights } from '../model/weights.ts'
import { inOurWords } from './kernel-errors.ts'
import type { StepParts } from './step-parts.ts'
import type { TrainStep } from './train-step.ts'

/** Samples that are evaluated at a time even where updates take fewer: small batches leave the kernels idle. */
const LEAST_BATCH = 64

/**
 * A training step that runs in the kernels of one WebAssembly module, in the memory of tfjs: it trains the variables of
 * the model in their place. tfjs keeps packed copies of what it has multiplied with and would not see the change, so the
 * model's own `predict` is not to be called before or during the training.
 *
 * @throws RONDO_MODEL_TOO_LARGE
 */
export function compiledStep(parts: StepParts, network: Network, host: TfjsHost): TrainStep {
  const { tf, model, recipe, data, seed, fold, memoryMb, trial } = parts
  const batchSize = Math.max(recipe.batchSize, Math.min(LEAST_BATCH, data.validationStarts.length))
  // Asked anew each time: a tensor may be moved, or replaced by another.
  const weightAddresses = model.weights.map((weight) => () => host.addressOf(weight.read()))
  const step = inOurWords(trial, 'RONDO_MODEL_INVALID', () =>
    compileStep(network, forOutputs(recipe, data.outputs), host, { batchSize, seed, fold, weightAddresses }),
  )
  const bytes = step.bytes + 4 * model.countParams() + data.series.byteLength + data.targets.byteLength
  if (bytes > memoryMb * 2 ** 20) {
    step.dispose()
    throw new RondoError('RONDO_MODEL_TOO_LARGE', {
      message: `Training this model with batches of ${recipe.batchSize} windows of ${data.window} steps takes ${bytes} bytes; ${memoryMb * 2 ** 20} are allowed.`,
      value: bytes,
      place: { trial },
    })
  }
  try {
    inOurWords(trial, 'RONDO_MODEL_INVALID', () => step.load(data))
  } catch (error) {
    step.dispose()
    throw error
  }
  return {
    kind: 'compiled',
    get learningRate() {
      return step.learningRate
    },
    train: ({ starts, targets }, update) => step.train(starts, targets, update),
    evaluate: ({ starts, targets }) => step.evaluate(starts, targets),
    predict: ({ starts, targets }) => step.predict(starts, targets),
    setLearningRate: (learningRate) => step.setLearningRate(learningRate),
    setDropout: (rate) => step.setDropout(rate),
    readWeights: () => readWeights(model),
    writeWeights: (weights) => writeWeights(tf, model, weights),
    snapshot: () => step.snapshot(),
    restore(saved) {
      inOurWords(trial, 'RONDO_CHECKPOINT_INVALID', () => step.restore(saved))
    },
    telemetry: ({ starts, targets }) =>
      step.telemetry(starts, targets).flatMap(({ layer, ...gates }) =>
        Object.entries(gates).map(([gate, { mean, closed, open }]) => ({
          layer,
          gate: gate as 'input' | 'forget' | 'output',
          mean,
          closed,
          open,
        })),
      ),
    dispose: () => step.dispose(),
  }
}

/** The kernels take a quantile for each output, a recipe's go round over the outputs. */
function forOutputs(recipe: Recipe, outputs: number): Recipe {
  const { loss } = recipe
  if (loss.name !== 'pinball') return recipe
  const quantiles = Array.from({ length: outputs }, (_, i) => loss.quantiles[i % loss.quantiles.length]!)
  return { ...recipe, loss: { ...loss, quantiles } }
}
