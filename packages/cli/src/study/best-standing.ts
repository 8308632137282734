import { type CorrectedScore, candidatesOf, correctedScore } from '@rondo/analysis'
import { type CurvePoint, defaultName, gainInWords, type StudySpec, type StudyState } from '@rondo/core'
import { number } from '../terminal/quantities.ts'

/** What is known of the best trial beyond its value: what it owes to luck, how it did on each fold. */
export interface BestStanding {
  readonly corrected: CorrectedScore
  /** With more than one fold: the metric on each, at the epoch of the value. */
  readonly folds?: FoldScores
}

/** The metric on each fold, in their order. */
export interface FoldScores {
  readonly values: readonly number[]
  readonly mean: number
  /** The standard deviation between folds. */
  readonly deviation: number
}

/** `undefined` without a best trial. */
export function bestStanding(state: StudyState): BestStanding | undefined {
  const { best, trials, spec } = state
  const candidates = candidatesOf(state)
  if (best === undefined || candidates.length === 0) return undefined
  const { seed, objective } = spec
  const configurations = trials.filter(({ replicateOf }) => replicateOf === undefined).length
  const folds = foldScores(best.curve, best.bestEpoch)
  return {
    corrected: correctedScore(candidates, { seed, objective, configurations }),
    ...(folds && { folds }),
  }
}

function foldScores(curve: readonly CurvePoint[], epoch: number | undefined): FoldScores | undefined {
  const values = curve
    .filter((point) => point.epoch === epoch)
    .sort((a, b) => a.fold - b.fold)
    .map(({ value }) => value)
  if (values.length < 2) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { values, mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

/** The same in words, a sentence each. */
export function standingInWords(
  { corrected, folds }: BestStanding,
  spec: Pick<StudySpec, 'objective' | 'defaultsOf'>,
): readonly string[] {
  const { observed, candidates, noise, interval, untuned, gain } = corrected
  const { metric } = spec.objective
  const said: string[] = []
  if (folds !== undefined) {
    const { values, mean, deviation } = folds
    said.push(
      `On its ${values.length} folds: ${values.map((value) => number(value)).join(', ')}; mean ${number(mean)}, standard deviation ${number(deviation)}.`,
    )
  }
  if (candidates > 1) {
    const within = interval && ` (90 %: ${number(interval[0])} to ${number(interval[1])})`
    said.push(
      noise === undefined
        ? `It is the best of ${candidates}; nothing tells yet how much of its ${metric} is luck.`
        : `Without the luck of being the best of ${candidates}, expect a ${metric} of ${number(corrected.corrected)}${within ?? ''}.`,
    )
  }
  if (untuned?.probability !== undefined) {
    said.push(`It beats the ${defaultName(spec)} with a probability of ${percent(untuned.probability)}.`)
  }
  if (gain !== undefined) said.push(gainInWords(gain, observed, { number, percent }))
  return said
}

/** Of a probability near 0 or 1 no more than is known. */
function percent(share: number): string {
  if (share > 0.99 && share < 1) return 'over 99 %'
  if (share < 0.01 && share > 0) return 'under 1 %'
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}
