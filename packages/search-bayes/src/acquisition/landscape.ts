import type { Params } from '@rondo/core'
import type { Encoding } from '../encoding/encoding.ts'
import type { Posterior } from '../gp/posterior.ts'
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

/** Candidates with their merits; those not allowed are left out. */
export function meritsOf(landscape: Landscape, positions: readonly Float64Array[]): Candidate[] {
  const { encoding, models } = landscape
  const d = encoding.metric.length
  const kept: { positions: Float64Array; params: Params }[] = []
  for (const at of positions) {
    const params = encoding.paramsAt(at)
    if (landscape.allowed(params)) kept.push({ positions: at, params })
  }
  const features = new Float64Array(kept.length * d)
  for (const [i, { params }] of kept.entries()) encoding.encode(params, features, i * d)
  const mean = new Float64Array(kept.length)
  const sd = new Float64Array(kept.length)
  const merits = models.map(({ posterior, acquisition }) => {
    posterior.predictMany(features, kept.length, mean, sd)
    return Float64Array.from(mean, (m, i) => acquisition(m, sd[i]!).value)
  })
  return kept.map((candidate, i) => ({
    ...candidate,
    merit: weighed(
      landscape,
      averaged(
        landscape,
        merits.map((m) => m[i]!),
      ),
      features.subarray(i * d, i * d + d),
    ),
  }))
}

/** The mean over the models, of logarithms the logarithm of the mean. */
export function averaged({ scale }: Pick<Landscape, 'scale'>, merits: readonly number[]): number {
  if (merits.length === 1) return merits[0]!
  if (scale !== 'logarithm') return merits.reduce((a, b) => a + b, 0) / merits.length
  const top = merits.reduce((a, b) => Math.max(a, b))
  return top + Math.log(merits.reduce((sum, m) => sum + Math.exp(m - top), 0) / merits.length)
}
