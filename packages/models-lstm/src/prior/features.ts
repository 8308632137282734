import type { Params } from '@rondo/core'
import type { LstmHyperparameters } from '../hyperparameters.ts'
import { learningRateOf } from '../recipe.ts'

/** What the data has for hyperparameters that are its own: what is chosen is told relative to them. */
export interface DataDefaults {
  readonly window?: number
  readonly targetTransform?: string
}

/** Numbers that {@link writeFeatures} writes. */
export const FEATURES = 11
/**
 * Features without a term of their square, by their place: those of two values, as it would say nothing more and between
 * the two be a guess, and the last, whose square is that of the form, which tells whether there is a choice of forms.
 */
const NOT_SQUARED = [3, 6, 7, 10]
/** Powers of the learning rate that {@link writeTerms} has besides products of two features. */
const HIGHER = 7
/** Numbers that {@link writeTerms} writes. */
export const TERMS = 1 + FEATURES + (FEATURES * (FEATURES + 1)) / 2 - NOT_SQUARED.length + HIGHER

/**
 * What is known of a training before it begins, in numbers of the order of 1. Sizes count by their logarithm. Each is kept
 * within the range that it had in the trainings that taught the prior: beyond it the same is expected as at its end.
 *
 * @param params As a space of these hyperparameters has them: nothing is checked.
 * @param base What the params leave out.
 * @param fidelity As in `PriorMean`.
 * @param out `[FEATURES]`
 */
export function writeFeatures(
  params: Params,
  base: LstmHyperparameters,
  defaults: DataDefaults,
  fidelity: number,
  out: Float64Array,
): void {
  const given = params as Partial<LstmHyperparameters>
  const batchSize = given.batchSize ?? base.batchSize
  const layers = given.layers ?? base.layers
  const optimizer = given.optimizer ?? base.optimizer
  const rate = learningRateOf({
    learningRate: given.learningRate ?? base.learningRate,
    learningRateScale: given.learningRateScale ?? base.learningRateScale,
    batchSize,
  })
  let size = 0
  for (let layer = 1; layer <= layers; layer++) size += Math.log2(unitsOf(layer, params, base)) / layers
  out[0] = optimizer === 'sgd' ? RATE_OF_SGD : within(Math.log10(rate) + 3, -1, 2)
  out[1] = within(Math.log2(batchSize / 32), -1, 2)
  out[2] = within(size - 5, -2, 2)
  out[3] = within(layers - 1, 0, 1)
  out[4] = within(4 * (given.dropout ?? base.dropout), 0, 2)
  out[5] = within(4 * (given.recurrentDropout ?? base.recurrentDropout), 0, 2)
  out[6] = ADAPTIVITY[optimizer]
  out[7] = params.targetTransform === undefined ? 0 : windowFeature(params.window, defaults.window)
  const own = defaults.targetTransform
  // The form that suits the data.
  out[8] = formFeature(params.targetTransform, own, own)
  out[9] = within(fidelity, 0, 1)
  // The level, which is slow to begin with.
  out[10] = formFeature(params.targetTransform, own, 'level')
}

/** A layer's own units before those of every layer. */
function unitsOf(layer: number, params: Params, base: LstmHyperparameters): number {
  return (params[`units[${layer}]`] ?? params.units ?? base.units) as number
}

/** SGD was not tried. It counts as between the two that were, and all its rates alike: they are of another size. */
const RATE_OF_SGD = 0.5
/** One like Adam or one like RMSprop. */
const ADAPTIVITY = { adam: 1, adamw: 1, rmsprop: 0, sgd: 0.5 } as const

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** Of a forecast, whose windows alone were learned from: half a unit for the data's own, less for a shorter one; 0 where there is no choice. */
function windowFeature(window: Params[string] | undefined, own: number | undefined): number {
  if (typeof window !== 'number' || own === undefined) return 0
  return within(Math.log2(window / own) + 0.5, -0.5, 0.5)
}

/** Half a unit for one form of the target, less for the others; 0 where there is no choice. */
function formFeature(
  transform: Params[string] | undefined,
  own: string | undefined,
  counts: string | undefined,
): number {
  if (transform === undefined || own === undefined) return 0
  return transform === counts ? 0.5 : -0.5
}

/**
 * Terms of the polynomial: a constant, the features, products of two of them, and those of the learning rate of a higher
 * order, as the range that learns is narrow in it.
 *
 * @param features `[FEATURES]`
 * @param out `[TERMS]`
 */
export function writeTerms(features: Float64Array, out: Float64Array): void {
  let at = 0
  out[at++] = 1
  for (const feature of features) out[at++] = feature
  for (let i = 0; i < FEATURES; i++)
    for (let j = i; j < FEATURES; j++)
      if (i !== j || !NOT_SQUARED.includes(i)) out[at++] = features[i]! * features[j]!
  const rate = features[0]!
  const [batch, size, optimizer, fidelity] = [features[1]!, features[2]!, features[6]!, features[9]!]
  const square = rate * rate
  out[at++] = square * rate
  out[at++] = square * square
  out[at++] = square * batch
  out[at++] = square * size
  out[at++] = square * optimizer
  out[at++] = square * fidelity
  out[at++] = rate * fidelity * fidelity
}
