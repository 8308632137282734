import { deriveRng, type Rng, type ScoreDifference } from '@rondo/core'
import type { ScoredFold } from '../calibration/pooled.ts'
import { type Scorer, scorerOf } from '../scorer.ts'
import { quantile } from '../transform/scale.ts'
import { blockLength } from './block-length.ts'
import type { Units } from './units.ts'

/** Options of {@link compareScores}. */
export interface CompareScoresOptions {
  /** The bare name of a metric. */
  readonly metric: string
  readonly seed: number
  /** The share of the draws that the interval holds. Default .9. */
  readonly coverage?: number
}

/** Draws for as many samples as this, whatever their number: at least the fewest, at most the most. */
const SAMPLES = 2e6
const FEWEST_DRAWS = 200
const MOST_DRAWS = 1000

/**
 * How much the metric of `own` differs from that of each of `others` on the same samples: own less other, with a
 * percentile interval by circular block bootstrap (Politis and Romano, 1992). Every draw is of the same samples for
 * all, so that what makes a day hard for everyone cancels out. Blocks are as long as the autocorrelation of the
 * losses' differences asks for, and never shorter than the horizon; independent units are drawn one by one.
 *
 * @returns `undefined` for one whose metric is no number.
 */
export function compareScores(
  own: ScoredFold,
  others: readonly ScoredFold[],
  { metric, seed, coverage = 0.9 }: CompareScoresOptions,
): readonly (ScoreDifference | undefined)[] {
  const { units } = own
  const all = [own, ...others]
  const values = all.map(({ scorer, predicted }) => scorer.measure(metric, predicted))
  const samples = samplesByUnit(units)
  const length = units.independent ? 1 : longestBlock(all, samples)
  const draws = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(SAMPLES / units.of.length)))
  const drawn: number[][] = others.map(() => [])
  const rng = deriveRng({ seed, purpose: 'block bootstrap' })
  for (let draw = 0; draw < draws; draw++) {
    const taken = drawBlocks(rng, samples, length)
    const [value, ...rest] = all.map((scored) => measureOf(scored, taken, metric))
    rest.forEach((other, i) => {
      if (Number.isFinite(value! - other)) drawn[i]!.push(value! - other)
    })
  }
  return drawn.map((differences, i) => {
    const value = values[0]! - values[i + 1]!
    if (!Number.isFinite(value) || differences.length < draws / 2) return undefined
    const sorted = Float64Array.from(differences).sort()
    const tail = (1 - coverage) / 2
    return { value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail), coverage }
  })
}

function samplesByUnit({ of, count }: Units): readonly Int32Array[] {
  const samples: number[][] = Array.from({ length: count }, () => [])
  for (const [sample, unit] of of.entries()) samples[unit]!.push(sample)
  return samples.map((list) => Int32Array.from(list))
}

/** The longest that the difference of any loss to the first's asks for. */
function longestBlock([own, ...others]: readonly ScoredFold[], samples: readonly Int32Array[]): number {
  const { plan } = own!.scorer
  const steps = plan.task === 'forecast' ? plan.horizon : 1
  const losses = lossOfUnits(own!, samples)
  return others.reduce(
    (longest, other) => {
      const differences = lossOfUnits(other, samples).map((loss, i) => losses[i]! - loss)
      return Math.max(longest, blockLength(differences))
    },
    Math.min(steps, samples.length),
  )
}

/** A mean over a unit's samples that says how wrong they were: of numbers the absolute error, of classes Brier's. */
function lossOfUnits(scored: ScoredFold, samples: readonly Int32Array[]): Float64Array {
  const metric = scored.scorer.plan.classes === undefined ? 'mae' : 'brier'
  return Float64Array.from(samples, (unit) => measureOf(scored, unit, metric))
}

/** All samples of as many units as there are, block after block; the last unit is followed by the first. */
function drawBlocks(rng: Rng, samples: readonly Int32Array[], length: number): Int32Array {
  const units = samples.length
  const taken: number[] = []
  let start = 0
  for (let i = 0; i < units; i++) {
    if (i % length === 0) start = rng.integer(0, units - 1)
    for (const sample of samples[(start + (i % length)) % units]!) taken.push(sample)
  }
  return Int32Array.from(taken)
}

/** The metric of some samples alone. */
function measureOf({ scorer, predicted }: ScoredFold, samples: Int32Array, metric: string): number {
  const count = scorer.samples
  return onlyOf(scorer, samples).measure(metric, gather(predicted, predicted.length / count, samples))
}

const onlyOf = ({ plan, actual, naive, samples: count, threshold }: Scorer, samples: Int32Array): Scorer =>
  scorerOf(plan, gather(actual, actual.length / count, samples), naive, threshold)

/** @param width Values of a sample. */
function gather(values: Float64Array, width: number, samples: Int32Array): Float64Array {
  if (width === 1) return Float64Array.from(samples, (sample) => values[sample]!)
  const out = new Float64Array(samples.length * width)
  for (const [i, sample] of samples.entries()) {
    out.set(values.subarray(sample * width, (sample + 1) * width), i * width)
  }
  return out
}
