import type { Params } from '@rondo/core'
import type { Encoding } from '../encoding/encoding.ts'
import type { Posterior } from '../gp/posterior.ts'
import type { Trend } from '../trend.ts'
import type { Acquisition, MeritScale } from './acquisition.ts'

/** ln P(success) at a point, for spaces in which params fail. */
export interface SuccessModel {
  logProbability(features: Float64Array): number
}

/** A posterior and what it is asked. */
export interface Model {
  readonly posterior: Posterior
  readonly acquisition: Acquisition
}

/** What is maximised: the acquisition over the space, on configurations that may be suggested. */
export interface Landscape {
  readonly encoding: Encoding
  /** Posteriors under different hyperparameters, each with the acquisition over its own incumbent. */
  readonly models: readonly Model[]
  /** What is added to the means of all models. */
  readonly trend?: Trend
  readonly success?: SuccessModel
  readonly scale: MeritScale
  /** Whether a configuration satisfies the constraints and has not been tried. */
  readonly allowed: (params: Params) => boolean
}

/** A configuration with its merit. */
export interface Candidate {
  readonly positions: Float64Array
  readonly params: Params
  readonly merit: number
}

/** An amount is multiplied by the probability of success; to logarithms and scores its logarithm is added. */
function weighed({ success, scale }: Landscape, merit: number, features: Float64Array): number {
  if (success === undefined) return merit
  const weight = success.logProbability(features)
  return scale === 'amount' ? merit * Math.exp(weight) : merit + weight
}

/** Positions with their params and merits; those whose params are not allowed are left out. */
export function meritsOf(landscape: Landscape, positions: readonly Float64Array[]): Candidate[] {
  const kept: { readonly positions: Float64Array; readonly params: Params }[] = []
  for (const at of positions) {
    const params = landscape.encoding.paramsAt(at)
    if (landscape.allowed(params)) kept.push({ positions: at, params })
  }
  const merits = meritsOfParams(
    landscape,
    kept.map(({ params }) => params),
  )
  return kept.map((candidate, i) => ({ ...candidate, merit: merits[i]! }))
}

/** The merit of each configuration, allowed or not. */
export function meritsOfParams(landscape: Landscape, configurations: readonly Params[]): Float64Array {
  const { encoding, models, trend } = landscape
  const d = encoding.metric.length
  const count = configurations.length
  const features = new Float64Array(count * d)
  for (const [i, params] of configurations.entries()) encoding.encode(params, features, i * d)
  const trends = Float64Array.from(configurations, (params) => trend?.(params) ?? 0)
  const mean = new Float64Array(count)
  const sd = new Float64Array(count)
  const byModel = models.map(({ posterior, acquisition }) => {
    posterior.predictMany(features, count, mean, sd)
    return Float64Array.from(mean, (m, i) => acquisition(m + trends[i]!, sd[i]!).value)
  })
  return Float64Array.from({ length: count }, (_, i) => {
    const merit = averaged(
      landscape,
      byModel.map((merits) => merits[i]!),
    )
    return weighed(landscape, merit, features.subarray(i * d, i * d + d))
  })
}

/** The mean over the models, of logarithms the logarithm of the mean. */
export function averaged({ scale }: Pick<Landscape, 'scale'>, merits: readonly number[]): number {
  if (merits.length === 1) return merits[0]!
  if (scale !== 'logarithm') return merits.reduce((a, b) => a + b, 0) / merits.length
  const top = merits.reduce((a, b) => Math.max(a, b))
  return top + Math.log(merits.reduce((sum, m) => sum + Math.exp(m - top), 0) / merits.length)
}
