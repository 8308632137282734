import type { History, Objective, PriorMean, Rng, Space } from '@rondo/core'
import { type Configuration, configurationsOf, hasFailed, hasPartialBudgets } from './configurations.ts'
import type { Encoding } from './encoding/encoding.ts'
import { withFidelity } from './encoding/fidelity.ts'
import { fitTheta } from './gp/fit.ts'
import { marginalLikelihood } from './gp/marginal-likelihood.ts'
import { Posterior, type Rows } from './gp/posterior.ts'
import { standardPrior } from './gp/prior.ts'
import { sampleTheta } from './gp/sample-theta.ts'
import { keptRows, selectRows } from './gp/subset.ts'
import type { Fit } from './memo.ts'
import { type Setting, type Trend, trendOf } from './trend.ts'
import { warpTargets } from './warping.ts'

/** Until so many rows are known, every new one brings a new fit; from then on every fiftieth part more. */
const FIT_ALWAYS_TO = 100
/** A fit looks at so many rows at most. */
const FIT_ROWS = 120
/** Rows that a posterior over fidelities is conditioned on, at most: a study with rungs has many, and little time. */
const MOST_PARTIAL_ROWS = 220
/** Steps of the chain from one draw of hyperparameters to the next. */
const THIN = 4
/** A belief has as little noise as the mean of so many measurements: workers are not sent to the same place to settle it. */
const CERTAIN = 100
/** Above this share of failures what is promised is weighed by the probability of success. */
export const MANY_FAILURES = 0.2

/** Draws of hyperparameters: many while rows are few and leave much open, none where the most probable ones say it all. */
const drawsFor = (rows: number): number => (rows <= 60 ? 8 : rows <= 100 ? 4 : rows <= 150 ? 2 : 0)

/** A Gaussian process of what is known of a study, averaged over its hyperparameters. */
export interface Surrogate {
  /** The features that the posteriors are over: where budgets differ, with the fidelity as the last. */
  readonly encoding: Encoding
  /** What was expected, where there is a prior mean; the posteriors are over what is left. */
  readonly trend?: Trend
  /** Conditioned on what was measured, in warped units, the larger the better; one for each draw of hyperparameters. */
  readonly posteriors: readonly Posterior[]
  readonly fit: Fit
  /** Configurations with a value, failed ones too, in the order of their first trials. */
  readonly measured: readonly Configuration[]
  /** Means at {@link Surrogate.measured} over all posteriors, the trend included; −Infinity for failed ones. */
  readonly means: Float64Array
  /**
   * For each posterior what is to be surpassed: the best value measured with the full budget (of repeated
   * configurations the mean), or the best of its own means where that is higher. Over the best mean alone a search
   * stays around an early leader where values are noisy.
   */
  readonly incumbents: Float64Array
  /** Configurations of which nothing is known yet. */
  readonly pending: readonly Configuration[]
  readonly failureShare: number
}

/** What a surrogate is made of. */
export interface SurrogateRequest {
  readonly space: Space
  readonly encoding: Encoding
  readonly objective: Objective
  readonly history: History
  /** For a new fit of the hyperparameters, where one is due; absent: the fit before is taken as it is. */
  readonly refit?: Refit
  /** The fit before. */
  readonly last?: Fit
  /** What is expected of params. */
  readonly priorMean?: PriorMean
}

/** What a new fit is made with. */
export interface Refit {
  readonly rng: Rng
  /** The number of the trial to be suggested: every tenth fit looks at more starts. */
  readonly trial: number
  /** The noise variance, where it is not to be fitted. */
  readonly alpha?: number
}

/**
 * The surrogate of a history; `undefined` where fewer than two configurations have a value, or where none is to be
 * fitted and none was.
 */
export function surrogateOf(request: SurrogateRequest): Surrogate | undefined {
  const { space, objective, history, priorMean } = request
  const configurations = configurationsOf(history, space, objective)
  const measured = configurations.filter((c) => c.measurements.length > 0)
  const failures = measured.filter(hasFailed).length
  if (measured.length - failures < 2) return undefined
  const failureShare = failures / measured.length
  const partial = hasPartialBudgets(measured)
  const encoding = partial ? withFidelity(request.encoding) : request.encoding
  const { settings, ...all } = rowsOf(measured, objective, encoding, partial)
  const expected = priorMean && trendOf(priorMean, settings, all.y)
  const left = expected === undefined ? all.y : all.y.map((y, i) => y - expected.values[i]!)
  /** The best rows and a spread of the others, with what is left of their targets beside the trend. */
  const some = (most?: number): Rows => selectRows({ ...all, y: left }, keptRows(all, encoding.metric, most))
  const fit = fitOf(some, all.y.length, { ...request, encoding })
  if (fit === undefined) return undefined
  const kept = some(partial ? MOST_PARTIAL_ROWS : undefined)
  const thetas = fit.draws.length > 0 ? fit.draws : [fit.theta]
  const posteriors = thetas.map((theta) => new Posterior(kept, Float64Array.from(theta), encoding.metric))
  const trend = expected?.trend
  const trends = trendsAt(measured, trend)
  const meansByPosterior = posteriors.map((posterior) => meansOf(posterior, measured, encoding, trends))
  const best = bestMeasured(all, partial)
  return {
    encoding,
    ...(trend && { trend }),
    posteriors,
    fit,
    measured,
    means: averageOf(meansByPosterior),
    incumbents: Float64Array.from(meansByPosterior, (means) => Math.max(best, highest(means))),
    pending: configurations.filter((c) => c.measurements.length === 0),
    failureShare,
  }
}

/** The trend at configurations; zeros where there is none. */
export const trendsAt = (configurations: readonly Configuration[], trend?: Trend): Float64Array =>
  Float64Array.from(configurations, ({ params }) => trend?.(params) ?? 0)

/**
 * Means at configurations; −Infinity for failed ones.
 *
 * @param trends At the same configurations.
 */
export function meansOf(
  posterior: Posterior,
  configurations: readonly Configuration[],
  encoding: Encoding,
  trends: Float64Array,
): Float64Array {
  const count = configurations.length
  const means = new Float64Array(count)
  posterior.predictMany(featuresOf(configurations, encoding), count, means, new Float64Array(count))
  return means.map((mean, i) =>
    hasFailed(configurations[i]!) ? Number.NEGATIVE_INFINITY : mean + trends[i]!,
  )
}

const averageOf = (all: readonly Float64Array[]): Float64Array =>
  all[0]!.map((_, i) => all.reduce((sum, means) => sum + means[i]!, 0) / all.length)

/** The largest; −Infinity of none. */
export const highest = (values: Float64Array): number =>
  values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

/** The best target of a row of the full budget: of a part of it nothing was promised to be surpassed. */
function bestMeasured({ x, y }: Rows, partial: boolean): number {
  const d = x.length / y.length
  return highest(y.filter((_, i) => !partial || x[i * d + d - 1] === 1))
}

/** Features `[configurations.length, d]`. */
export function featuresOf(configurations: readonly Configuration[], encoding: Encoding): Float64Array {
  const d = encoding.metric.length
  const x = new Float64Array(configurations.length * d)
  for (const [i, { params }] of configurations.entries()) encoding.encode(params, x, i * d)
  return x
}

/** A row for each measurement, with what it was measured at. */
function rowsOf(
  configurations: readonly Configuration[],
  objective: Objective,
  encoding: Encoding,
  partial: boolean,
): Rows & { readonly settings: readonly Setting[] } {
  const all = configurations.flatMap(({ params, measurements }) =>
    measurements.map((m) => ({ params, ...m })),
  )
  const d = encoding.metric.length
  const x = new Float64Array(all.length * d)
  for (const [i, { params, fidelity }] of all.entries()) {
    encoding.encode(params, x, i * d)
    if (partial) x[i * d + d - 1] = fidelity
  }
  const measurements = all.map(({ values }) => measuredOf(values))
  const warped = warpTargets(measurements.flat(), objective, partial ? 'several' : 'one')
  const y = new Float64Array(all.length)
  const repeats = Float64Array.from(measurements, ({ length }) => length)
  let squares = 0
  let at = 0
  for (let i = 0; i < all.length; i++) {
    const own = warped.subarray(at, at + repeats[i]!)
    at += own.length
    const mean = own.reduce((sum, v) => sum + v, 0) / own.length
    y[i] = mean
    squares += own.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  }
  return { settings: all, x, y, repeats, within: { squares, freedom: warped.length - all.length } }
}

/** The values that are numbers; a single NaN where none is. */
function measuredOf(values: readonly number[]): readonly number[] {
  const numbers = values.filter((v) => !Number.isNaN(v))
  return numbers.length > 0 ? numbers : [Number.NaN]
}

/** @param some So many rows at most. @param known How many there are. */
function fitOf(
  some: (most: number) => Rows,
  known: number,
  { encoding, last, refit }: Pick<SurrogateRequest, 'encoding' | 'last' | 'refit'>,
): Fit | undefined {
  const d = encoding.metric.length
  const usable = last !== undefined && last.theta.length === d + 2 ? last : undefined
  if (refit === undefined) return usable
  const { rng, trial, alpha } = refit
  const due = known <= FIT_ALWAYS_TO ? 1 : Math.floor(known / 50)
  if (usable !== undefined && known - usable.rows < due) return usable
  const prior = standardPrior(d, alpha)
  const likelihood = marginalLikelihood(some(FIT_ROWS), encoding.metric)
  // The last fit is a good start. Now and then others are tried too, in case there is a better optimum elsewhere.
  const anew = usable === undefined || (known <= FIT_ALWAYS_TO && trial % 10 === 0)
  const theta = fitTheta(likelihood, prior, {
    anew,
    random: anew ? 4 : 0,
    rng,
    ...(usable === undefined ? {} : { last: Float64Array.from(usable.theta) }),
  })
  const draws = sampleTheta(likelihood, prior, {
    start: theta,
    count: drawsFor(known),
    thin: THIN,
    rng,
  })
  return { rows: known, theta: [...theta], draws: draws.map((draw) => [...draw]) }
}

/**
 * A posterior after pending trials were believed to bring just what is predicted (the kriging believer of Ginsbourger,
 * Le Riche and Carraro 2010): means stay, and there is less left to learn around them.
 */
export function believing(
  posterior: Posterior,
  pending: readonly Configuration[],
  encoding: Encoding,
): Posterior {
  if (pending.length === 0) return posterior
  const x = featuresOf(pending, encoding)
  const believed = new Float64Array(pending.length)
  posterior.predictMany(x, pending.length, believed, new Float64Array(pending.length))
  const { rows, theta } = posterior
  return new Posterior(
    {
      x: Float64Array.of(...rows.x, ...x),
      y: Float64Array.of(...rows.y, ...believed),
      repeats: Float64Array.of(...rows.repeats, ...believed.map(() => CERTAIN)),
    },
    theta,
    encoding.metric,
  )
}
