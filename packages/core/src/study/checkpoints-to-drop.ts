import { isBetter, type Objective } from '../contracts/objective.ts'
import type { StudyState } from './study-state.ts'
import type { TrialRecord } from './trial-record.ts'

/** Disk that checkpoints of resting trials may take where the config says nothing: 2 GiB. */
export const CHECKPOINT_MB = 2048

/**
 * The trials whose checkpoints go so that the rest take at most `mostBytes`: those first that are the least likely to
 * be taken further. Stopped ones, then paused ones from the lowest epochs and the worst value on, then completed ones.
 * The best one's stays.
 */
export function checkpointsToDrop(
  { trials, best, spec }: Pick<StudyState, 'trials' | 'best' | 'spec'>,
  mostBytes: number,
): readonly TrialRecord[] {
  // After every leg, with thousands of trials: most times nothing is to go, and that is found without a list.
  let bytes = 0
  for (const trial of trials) if (isResting(trial)) bytes += sizeOf(trial)
  if (bytes <= mostBytes) return []
  const dropped: TrialRecord[] = []
  for (const trial of trials
    .filter((t) => isResting(t) && t !== best)
    .sort((a, b) => leastLikelyFirst(a, b, spec.objective))) {
    if (bytes <= mostBytes) break
    bytes -= sizeOf(trial)
    dropped.push(trial)
  }
  return dropped
}

const isResting = ({ checkpoint, state }: TrialRecord): boolean =>
  checkpoint !== undefined && state !== 'running'

const sizeOf = ({ checkpoint }: TrialRecord): number => checkpoint?.bytes ?? 0

const ORDER: readonly TrialRecord['state'][] = ['failed', 'stopped', 'paused', 'completed']

function leastLikelyFirst(a: TrialRecord, b: TrialRecord, objective: Objective): number {
  const work = ({ reached }: TrialRecord): number => reached.epochs * reached.folds
  const worse = (): number => {
    if (a.value === b.value) return b.number - a.number
    if (a.value === undefined || b.value === undefined) return a.value === undefined ? -1 : 1
    return isBetter(objective, a.value, b.value) ? 1 : -1
  }
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || work(a) - work(b) || worse()
}
