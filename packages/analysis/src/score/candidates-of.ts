import type { StudyState, TrialView } from '@rondo/core'

/** A trial that could have won: it was scored on as much as the winner. */
export interface Candidate {
  readonly trial: number
  /** The objective's metric. */
  readonly value: number
  /** The trial that it repeats with fresh seeds. */
  readonly replicateOf?: number
  /** Whether nobody tuned it. */
  readonly isDefault?: boolean
  /** Its value on each fold, at the epoch of {@link Candidate.value}; folds in the same order for all. */
  readonly folds?: readonly number[]
  /** The metric at its last epochs, in their order: how much it moves from one to the next is noise as well. */
  readonly lastEpochs?: readonly number[]
}

/** At most so many epochs tell the noise of a curve. */
const LAST_EPOCHS = 10

/**
 * The trials of a study that can be compared with its best: those on the same folds that went through to the end, and the
 * best itself.
 */
export function candidatesOf(
  state: Pick<StudyState, 'trials' | 'best' | 'fullBudget'>,
): readonly Candidate[] {
  const { best, trials, fullBudget } = state
  if (best === undefined) return []
  const comparable = ({ reached, state, value }: TrialView): boolean =>
    value !== undefined &&
    reached.folds === best.reached.folds &&
    (state === 'completed' || reached.epochs >= Math.min(fullBudget.epochs, best.reached.epochs))
  return trials.filter(comparable).map((trial) => candidateOf(trial))
}

function candidateOf(trial: TrialView): Candidate {
  const { number, value, bestEpoch, curve, origin, replicateOf } = trial
  const atBest = curve.filter(({ epoch }) => epoch === bestEpoch).sort((a, b) => a.fold - b.fold)
  return {
    trial: number,
    value: value!,
    folds: atBest.map((point) => point.value),
    lastEpochs: meanCurve(trial).slice(-LAST_EPOCHS),
    ...(replicateOf === undefined ? {} : { replicateOf }),
    ...(origin === 'default' ? { isDefault: true } : {}),
  }
}

/** The mean over the folds, for the epochs that every fold has reached. */
function meanCurve({ curve }: TrialView): readonly number[] {
  const folds = new Set(curve.map(({ fold }) => fold)).size
  const byEpoch = new Map<number, number[]>()
  for (const { epoch, value } of curve) byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), value])
  return [...byEpoch]
    .filter(([, values]) => values.length === folds)
    .sort(([a], [b]) => a - b)
    .map(([, values]) => values.reduce((sum, value) => sum + value, 0) / folds)
}
