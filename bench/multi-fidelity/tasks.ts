import { deriveRng, isBetter, type Objective, type Params, type PriorMean, type Space } from '@rondo/core'
import { mean } from '../search/statistics.ts'

/** Learning curves of many configurations, as they are stored. */
export interface StoredCurves {
  readonly name: string
  /** Where they come from: results are given for each suite. */
  readonly suite: 'TaskSet' | 'ours'
  readonly space: Space
  readonly objective: Objective
  /** Epochs of a full training. */
  readonly epochs: number
  readonly configurations: readonly Params[]
  /** Updates of an epoch, where it is known. */
  readonly updatesPerEpoch?: (params: Params) => number
  /** What is expected of configurations by what is known of other tasks. */
  readonly priorMean?: PriorMean
  /** For each configuration its trainings: values after epoch 1 … epochs, NaN where it diverged. */
  readonly curves: readonly (readonly Float32Array[])[]
}

/** A problem for schedulers and strategies. */
export interface Task extends StoredCurves {
  /** The training of a configuration that a run of this seed meets: the same for every method. */
  curve(configuration: number, seed: number): Float32Array
  /** Of a configuration's best value by an epoch, the mean of its trainings: 0 is the best there is, 1 the median one. */
  regret(configuration: number, epoch: number): number
  /** The number of a stored configuration; an error for any other: there is no curve of it. */
  numberOf(params: Params): number
}

/** Makes a problem of curves. */
export function taskOf(stored: StoredCurves): Task {
  const { space, objective, configurations, curves } = stored
  const reached = meansOfBests(stored)
  const bestFirst = reached
    .map((curve) => curve.at(-1)!)
    .sort((a, b) => (isBetter(objective, a, b) ? -1 : isBetter(objective, b, a) ? 1 : 0))
  const best = bestFirst[0]!
  const median = bestFirst[Math.floor(bestFirst.length / 2)]!
  const numbers = new Map(configurations.map((params, i) => [space.keyOf(params), i]))
  if (numbers.size < configurations.length) throw new Error(`${stored.name} has configurations twice.`)
  return {
    ...stored,
    curve: (i, seed) => {
      const trainings = curves[i]!
      if (trainings.length === 1) return trainings[0]!
      const rng = deriveRng({ seed, trial: i, purpose: 'training' })
      return trainings[rng.integer(0, trainings.length - 1)]!
    },
    regret: (i, epoch) => (reached[i]![epoch - 1]! - best) / (median - best),
    numberOf: (params) => {
      const number = numbers.get(space.keyOf(params))
      if (number === undefined) throw new Error(`${stored.name} has no curve of ${JSON.stringify(params)}.`)
      return number
    },
  }
}

/**
 * The same configurations, each with the one curve by which it is scored, the mean over its trainings of the best by each
 * epoch: what a run measures is what it is scored by, and nothing of it is luck. Regrets keep their scale. Where there
 * is one training nothing changes.
 */
export function withMeanCurves(stored: StoredCurves): StoredCurves {
  return { ...stored, curves: meansOfBests(stored).map((curve) => [Float32Array.from(curve)]) }
}

/** `[configuration][epoch − 1]`: the mean over its trainings of the best by each epoch. */
export function meansOfBests({ objective, epochs, curves }: StoredCurves): Float64Array[] {
  return curves.map((trainings) => {
    const bests = trainings.map((curve) => bestSoFar(curve, objective))
    return Float64Array.from({ length: epochs }, (_, e) => mean(bests.map((best) => best[e]!)))
  })
}

/** The best by each epoch; infinitely bad where nothing is a number yet. */
export function bestSoFar(curve: Float32Array, objective: Objective): Float64Array {
  let best = objective.direction === 'minimize' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  return Float64Array.from(curve, (value) => {
    if (isBetter(objective, value, best)) best = value
    return best
  })
}
