import type { Params, PriorMean } from '@rondo/core'

/** What a row of the model was measured at. */
export interface Setting {
  readonly params: Params
  readonly fidelity: number
}

/** What is expected of params with the full budget, in the units of the targets. */
export type Trend = (params: Params) => number

/** Configurations that agree with the prior mean, of variance 1, that it is given credit for before any was measured. */
const CREDIT = 20

/**
 * The prior mean, as far as it holds for these targets. It says two things: what params are worth with the full budget,
 * and what they lack with a part of it. Each is taken times the slope of the targets over it, by least squares with
 * {@link CREDIT} configurations of slope 1 beside the measured ones: that more epochs are better, as they always are,
 * does not vouch for the params. A configuration counts once, however many budgets it was measured with. What tells the
 * wrong way round is not believed at all.
 *
 * @param y `[n]`, targets of mean 0 at the settings.
 * @returns The trend, and its values `[n]` at the settings: the Gaussian process is over what is left.
 */
export function trendOf(
  priorMean: PriorMean,
  settings: readonly Setting[],
  y: Float64Array,
): { readonly trend: Trend; readonly values: Float64Array } {
  const worth = Float64Array.from(settings, ({ params }) => priorMean(params, 1))
  const lack = Float64Array.from(
    settings,
    ({ params, fidelity }, i) => priorMean(params, fidelity) - worth[i]!,
  )
  const weights = weightsOf(settings)
  const [worthCenter, lackCenter] = [meanOf(worth, weights), meanOf(lack, weights)]
  const a = worth.map((w) => w - worthCenter)
  const b = lack.map((l) => l - lackCenter)
  const [ofWorth, ofLack] = slopesOf(a, b, y, weights)
  return {
    trend: (params) => ofWorth * (priorMean(params, 1) - worthCenter) - ofLack * lackCenter,
    values: a.map((v, i) => ofWorth * v + ofLack * b[i]!),
  }
}

/** Of each row the share of its configuration: 1 over the number of budgets that this was measured with. */
function weightsOf(settings: readonly Setting[]): Float64Array {
  const rows = new Map<Params, number>()
  for (const { params } of settings) rows.set(params, (rows.get(params) ?? 0) + 1)
  return Float64Array.from(settings, ({ params }) => 1 / rows.get(params)!)
}

function meanOf(values: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return values.reduce((sum, v, i) => sum + weights[i]! * v, 0) / total
}

/** Slopes over two columns, neither below 0, by least squares with a ridge towards 1. */
function slopesOf(
  a: Float64Array,
  b: Float64Array,
  y: Float64Array,
  weights: Float64Array,
): readonly [number, number] {
  const product = (u: Float64Array, v: Float64Array): number =>
    u.reduce((sum, value, i) => sum + weights[i]! * value * v[i]!, 0)
  const [aa, ab, bb] = [product(a, a) + CREDIT, product(a, b), product(b, b) + CREDIT]
  const [ay, by] = [product(a, y) + CREDIT, product(b, y) + CREDIT]
  const determinant = aa * bb - ab * ab
  const first = (ay * bb - by * ab) / determinant
  const second = (by * aa - ay * ab) / determinant
  if (first < 0) return [0, Math.max(0, by / bb)]
  if (second < 0) return [Math.max(0, ay / aa), 0]
  return [first, second]
}
