import { deriveRng, isBetter, type Objective, type Rng, RondoError } from '@rondo/core'
import { mean, normalCdf, quantile, variance } from '../statistics.ts'
import type { Candidate } from './candidates-of.ts'
import { boundedNoise, type Contenders, contendersOf } from './contenders.ts'
import { type ExpectedGain, expectedGain } from './expected-gain.ts'
import { groupsOf, type Noise, noiseOf } from './noise.ts'

/** Options of {@link correctedScore}. */
export interface CorrectedScoreOptions {
  readonly seed: number
  readonly objective: Objective
  /** Configurations tried in all, those included that were stopped on the way; the number of candidates where absent. */
  readonly configurations?: number
  /** More trials to foresee the gain of; 10 where absent. */
  readonly more?: number
  /** Bootstrap samples; 2,000 where absent. */
  readonly samples?: number
}

/** The winner's score, corrected for its having been chosen as the best. */
export interface CorrectedScore {
  /** The winner; of replicates the best one. */
  readonly trial: number
  /** What was measured: the mean of the winner and its replicates. */
  readonly observed: number
  /**
   * What to expect of its params: from `observed`, which it is where the noise is not known, to the mean of the
   * configurations that could have won, which it is where all their differences are luck.
   */
  readonly corrected: number
  /** A 90 % interval that holds `corrected`: noise of training only, not that of which rows were scored. */
  readonly interval?: readonly [low: number, high: number]
  /**
   * No more than the values allow. Absent where nothing tells how noisy they are: without folds, replicates and curves of
   * five epochs.
   */
  readonly noise?: Noise
  /** Configurations that it was compared with, itself included. */
  readonly candidates: number
  /** The untuned default, where it is a candidate. */
  readonly untuned?: {
    readonly trial: number
    readonly value: number
    /** How probable it is that the winner's params are better; absent without noise, and where the default won. */
    readonly probability?: number
  }
  /** What more trials would bring. */
  readonly gain?: ExpectedGain
}

/**
 * Corrects the score of the best of many for the winner's curse: the smallest of noisy values is small partly by luck.
 * The best is who a study has in `best/`: of trials that repeat the same params the mean counts, none for its luck alone.
 * By parametric bootstrap (as Faye, Sun, Dimitromanolakis and Bull, Statistics in Medicine 2011, do it for the strongest
 * of many genetic effects) around empirical Bayes estimates (Efron, 2011): true values are drawn from what is believed of
 * each configuration, noisy ones around them, the best is chosen, and how much better it looks than it is, on average, is
 * taken off the score. Trials that are clearly worse than the best never win a draw and change nothing; many near it cost
 * most.
 *
 * Luck cannot take more than there is. The samples are drawn without regard to how far the values really lie apart: where
 * the noise is as large as that, as in small studies and short trainings, the mean of what they take off may be more than
 * the winner's distance from the others. If all differences were luck, each configuration would be worth the mean of
 * those that could win; and what was chosen as the best is, on average, never better than it looks. The corrected score
 * stays between these two.
 *
 * @throws RONDO_STUDY_NO_RESULT without candidates.
 */
export function correctedScore(
  trials: readonly Candidate[],
  { seed, objective, configurations, more = 10, samples = 2000 }: CorrectedScoreOptions,
): CorrectedScore {
  const candidates = trials.filter(({ value }) => Number.isFinite(value))
  if (candidates.length === 0) {
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: 'No trial has a value that could be corrected.',
    })
  }
  const groups = groupsOf(candidates)
  const means = groups.map((group) => mean(group.map(({ value }) => value)))
  const won = means.reduce((best, value, i) => (isBetter(objective, value, means[best]!) ? i : best), 0)
  const winner = bestOf(groups[won]!, objective)
  const observed = means[won]!
  const contenders = contendersOf(means, objective)
  const estimate = noiseOf(candidates)
  const sizes = groups.map(({ length }) => length)
  const noise = estimate && boundedNoise(estimate, contenders, sizes)
  const untuned = candidates.find(({ isDefault }) => isDefault)
  const base = { trial: winner.trial, observed, candidates: groups.length }
  const known = untuned && { trial: untuned.trial, value: untuned.value }
  const gain = expectedGain(means, {
    objective,
    more,
    configurations: Math.max(configurations ?? 0, groups.length),
    ...(noise && { noise: noise.deviation }),
  })
  if (noise === undefined) {
    return { ...base, corrected: observed, ...(known && { untuned: known }), ...(gain && { gain }) }
  }
  const believed = beliefs(groups, means, noise.deviation, contenders)
  const rng = deriveRng({ seed, purpose: 'corrected score' })
  const errors = Array.from({ length: samples }, () => luckOfTheBest(groups, believed, noise, objective, rng))
  const corrected = within(observed - mean(errors), [observed, contenders.centre])
  const spread = Math.sqrt(variance(errors))
  const defaultWon = untuned !== undefined && groups[won]!.includes(untuned)
  return {
    ...base,
    corrected,
    interval: [
      Math.min(corrected, observed - quantile(errors, 0.95)),
      Math.max(corrected, observed - quantile(errors, 0.05)),
    ],
    noise,
    ...(known && {
      untuned: {
        ...known,
        ...(defaultWon
          ? {}
          : { probability: probabilityOfBetter(corrected, known.value, spread, noise, objective) }),
      },
    }),
    ...(gain && { gain }),
  }
}

/** The value between two ends, given in either order, that is nearest. */
const within = (value: number, [one, other]: readonly [number, number]): number =>
  Math.min(Math.max(value, Math.min(one, other)), Math.max(one, other))

const bestOf = (group: readonly Candidate[], objective: Objective): Candidate =>
  group.reduce((best, candidate) => (isBetter(objective, candidate.value, best.value) ? candidate : best))

/** What is believed of a group's true value: normal, with this mean and standard deviation. */
interface Belief {
  readonly centre: number
  readonly deviation: number
}

/** Empirical Bayes with a normal prior, whose mean and variance are those of the contenders; others are left where they are. */
function beliefs(
  groups: readonly (readonly Candidate[])[],
  means: readonly number[],
  deviation: number,
  { canWin, centre, variance: measured }: Contenders,
): readonly Belief[] {
  return means.map((value, i) => {
    const noise = deviation ** 2 / groups[i]!.length
    if (!canWin[i] || measured === 0) return { centre: value, deviation: 0 }
    const kept = Math.max(0, measured - noise) / measured
    return { centre: centre + kept * (value - centre), deviation: Math.sqrt(kept * noise) }
  })
}

/** One study as it might have been: how far the group with the best mean lies from its true value. */
function luckOfTheBest(
  groups: readonly (readonly Candidate[])[],
  believed: readonly Belief[],
  { deviation }: Noise,
  objective: Objective,
  rng: Rng,
): number {
  let best = objective.direction === 'minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  let error = 0
  for (const [i, group] of groups.entries()) {
    const belief = believed[i]!
    const truth = belief.centre + belief.deviation * rng.normal()
    const luck = mean(group.map(() => deviation * rng.normal()))
    if (!isBetter(objective, truth + luck, best)) continue
    best = truth + luck
    error = luck
  }
  return error
}

/** Of two independent normal errors, that of the corrected winner and that of the default, which nobody chose. */
function probabilityOfBetter(
  corrected: number,
  untuned: number,
  spread: number,
  { deviation }: Noise,
  { direction }: Objective,
): number {
  const difference = direction === 'minimize' ? untuned - corrected : corrected - untuned
  return normalCdf(difference / Math.hypot(spread, deviation))
}
