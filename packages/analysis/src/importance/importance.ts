import { minimize, type Objective, type ParamValue, RondoError, type Space } from '@rondo/core'
import { growForest } from '../forest/forest.ts'
import type { Observation } from '../observation.ts'
import { mean, variance } from '../statistics.ts'
import { atFullBudget } from './at-full-budget.ts'
import { interactionOf, type Marginal, marginalOf, totalVariance } from './decompose.ts'
import { type Dimension, dimensionsOf } from './dimension.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import { regionsOf } from './regions.ts'
import { fencedValues } from './targets.ts'
import { type Tried, triedOf } from './tried.ts'

/** Options of {@link importance}. */
export interface ImportanceOptions {
  /** The same seed and trials give the same result. */
  readonly seed: number
  /** Which values are good; those far on the bad side are cut. `minimize` where absent. */
  readonly objective?: Objective
  /** Trees of the forest; 64 where absent. */
  readonly trees?: number
  /** The fewest trials of a leaf; 3 where absent. */
  readonly minLeaf?: number
}

/** The mean prediction at one value of a hyperparameter, all others drawn from the space. */
export interface SlicePoint {
  readonly value: ParamValue
  /** In the metric's units. */
  readonly mean: number
  /** The standard deviation between trees. */
  readonly deviation: number
}

/** How much one hyperparameter matters. */
export interface HyperparameterImportance {
  readonly name: string
  /** The share of the variance over the space that it explains by itself, in [0, 1]. */
  readonly share: number
  /** The standard deviation of the share between trees. */
  readonly deviation: number
  /** Its partial dependence, in the order of its values; of a conditional one where it is active. */
  readonly slice: readonly SlicePoint[]
  /** Whether neighbouring points of the slice are neighbouring values. */
  readonly ordered: boolean
  readonly log: boolean
}

/** What two hyperparameters explain together, beyond what each does alone. */
export interface Interaction {
  readonly names: readonly [string, string]
  readonly share: number
}

/** A hyperparameter of the space of which the trials tell nothing. */
export interface UnvariedHyperparameter {
  readonly name: string
  /** What was tried of it: one value, several too near each other to tell apart, or none where it was never active. */
  readonly tried: readonly ParamValue[]
}

/** The importance of every hyperparameter that varies. */
export interface Importance {
  /** Those that the trials have varied, the most important first. */
  readonly hyperparameters: readonly HyperparameterImportance[]
  /** Those that the space varies and the trials have not. They have no share, which is not a share of 0. */
  readonly unvaried: readonly UnvariedHyperparameter[]
  /** Between the most important ones, the strongest first. */
  readonly interactions: readonly Interaction[]
  /**
   * How well the forest predicts trials that it has not seen: R², in [0, 1]. Near 0 the shares mean nothing.
   */
  readonly explained: number
  /** The trials behind it, with the values that they have or would have on the full budget; failed ones have none. */
  readonly observations: readonly Observation[]
}

/** The fewest trials of which anything can be said. */
const FEWEST_TRIALS = 8
/** Interactions are looked for among so many. */
const MOST_IN_PAIRS = 6

/**
 * Which hyperparameters matter: functional ANOVA of a random forest that was fitted to the trials (Hutter, Hoos and
 * Leyton-Brown, An Efficient Approach for Assessing Hyperparameter Importance, ICML 2014). Importance is over the whole
 * space as the space is drawn from, conditions counted and constraints not. Trials on a part of the budget are used, too,
 * with what others gained that went on. What had one value in all trials is told apart: its share would be 0, whether it
 * matters or not.
 *
 * @throws RONDO_STUDY_NO_RESULT with fewer than 8 trials that say something.
 */
export function importance(
  space: Space,
  trials: readonly Observation[],
  { seed, objective = minimize('value'), trees = 64, minLeaf = 3 }: ImportanceOptions,
): Importance {
  const observations = atFullBudget(trials)
  const withValue = observations.filter(({ value }) => value !== undefined)
  if (withValue.length < FEWEST_TRIALS) {
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: `Importance needs at least ${FEWEST_TRIALS} trials with a value; there ${withValue.length === 1 ? 'is' : 'are'} ${withValue.length}.`,
      value: withValue.length,
      remedy: 'Run more trials.',
    })
  }
  const dimensions = dimensionsOf(space)
  const tried = triedOf(dimensions, observations)
  const table = { cells: tried.cells, values: fencedValues(observations, objective) }
  const forest = growForest(table, dimensions, { seed, trees, minLeaf })
  const regions = regionsOf(dimensions)
  // A tree without a split knows nothing.
  const partitions = forest.trees
    .filter((tree) => 'left' in tree)
    .map((tree) => leavesOf(tree, dimensions, regions))
    .map((leaves) => ({ leaves, total: totalVariance(leaves) }))
    .filter(({ total }) => total > 0)
  const hyperparameters = dimensions
    .flatMap((dimension, j) =>
      tried.isVaried[j] ? [{ j, ...explain(partitions, j, dimension, space) }] : [],
    )
    .sort((a, b) => b.share - a.share)
  const pairs = pairsOf(hyperparameters.slice(0, MOST_IN_PAIRS).map(({ j }) => j))
  const interactions = pairs
    .map((pair): Interaction => {
      const shares = partitions.map(({ leaves, total }) => interactionOf(leaves, pair, dimensions) / total)
      return { names: [dimensions[pair[0]]!.name, dimensions[pair[1]]!.name], share: meanOrZero(shares) }
    })
    .sort((a, b) => b.share - a.share)
  return {
    hyperparameters: hyperparameters.map(({ j: _, ...rest }) => rest),
    unvaried: unvariedOf(dimensions, tried),
    interactions,
    explained: forest.explained,
    observations,
  }
}

interface Partition {
  readonly leaves: readonly Leaf[]
  readonly total: number
}

function unvariedOf(
  dimensions: readonly Dimension[],
  { isVaried, values }: Tried,
): readonly UnvariedHyperparameter[] {
  return dimensions.flatMap(({ name, count }, j) =>
    count < 2 || isVaried[j] ? [] : [{ name, tried: values[j]! }],
  )
}

function explain(
  partitions: readonly Partition[],
  j: number,
  dimension: Dimension,
  space: Space,
): HyperparameterImportance {
  const { name, values, ordered } = dimension
  const marginals: Marginal[] = partitions.map(({ leaves }) => marginalOf(leaves, j, dimension))
  const shares = marginals.map(({ variance }, i) => variance / partitions[i]!.total)
  const slice = values.flatMap((value, cell): SlicePoint[] => {
    const means = marginals.map(({ means }) => means[cell]!).filter(Number.isFinite)
    return means.length === 0 ? [] : [{ value, mean: mean(means), deviation: Math.sqrt(variance(means)) }]
  })
  const hyperparameter = space.get(name)
  return {
    name,
    share: meanOrZero(shares),
    deviation: Math.sqrt(variance(shares)),
    slice,
    ordered,
    log: 'log' in hyperparameter && hyperparameter.log === true,
  }
}

/** Where no tree has found anything, nothing matters. */
const meanOrZero = (shares: readonly number[]): number => (shares.length === 0 ? 0 : mean(shares))

const pairsOf = (places: readonly number[]): readonly (readonly [number, number])[] =>
  places.flatMap((j, i) => places.slice(i + 1).map((k) => [j, k] as const))
