import type { Params } from '@rondo/core'
import { z } from 'zod'

const params = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))

/** Checks the options of `bayes` and fills in their defaults. */
export const bayesOptions = z.strictObject({
  acquisition: z.enum(['logei', 'ei', 'pi', 'ucb']).default('logei'),
  kappa: z.number().min(0).default(2),
  xi: z.number().min(0).default(0.01),
  alpha: z.number().positive().max(2).optional(),
  initialPoints: z.int().min(2).optional(),
  replicates: z.number().min(0).max(0.5).default(0.1),
  candidates: z.array(params).min(1).optional(),
  priorMean: z.boolean().default(true),
})

/** Options of `bayes`. */
export interface BayesOptions {
  /** What the next configuration maximises; default `logei`. */
  readonly acquisition?: 'logei' | 'ei' | 'pi' | 'ucb'
  /** `ucb`: standard deviations added to the mean, at least 0; default 2. The larger, the more it explores. */
  readonly kappa?: number
  /** `ei`, `pi`: the improvement wanted, in standard deviations of the warped targets, at least 0; default 0.01. */
  readonly xi?: number
  /** The noise variance of a measurement, as a share of the variance of the warped targets, above 0 and at most 2; fitted where absent. */
  readonly alpha?: number
  /**
   * Trials before the model decides, the untuned default and enqueued ones included, at least 2; default: two more
   * than half the hyperparameters, at most a third of the trials.
   */
  readonly initialPoints?: number
  /**
   * The share of the trials (0 … 0.5) that may repeat leaders with fresh seeds, from trial 30 on, where every trial has
   * the full budget; default 0.1. Where a scheduler pauses or stops trials, none is repeated.
   */
  readonly replicates?: number
  /**
   * The only configurations that may be suggested, at least one, each valid in the space: where not every one of it can
   * be carried out, as when results are looked up in a table. Absent: the whole space.
   */
  readonly candidates?: readonly Params[]
  /**
   * Whether what the model builder expects of params, as other data has taught it, is a start for the model, as far as
   * the trials bear it out; default true. Where the builder expects nothing it makes no difference.
   */
  readonly priorMean?: boolean
}

/** Options with their defaults. */
export type BayesSettings = z.output<typeof bayesOptions>
