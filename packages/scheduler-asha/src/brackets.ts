import type { TrialView } from '@rondo/core'

/** The bracket that a trial's first leg was tagged with; 0 for trials of another scheduler. */
export function bracketOf(trial: TrialView): number {
  const bracket = trial.legs[0]?.tags.bracket
  return typeof bracket === 'number' ? bracket : 0
}

/**
 * The bracket of the next trial. Bracket b starts at rung b, and brackets share the work equally (as in Hyperband), so
 * one whose trials cost eta times more gets that many fewer of them.
 */
export function nextBracket(trials: readonly TrialView[], brackets: number, eta: number): number {
  const counts = new Array<number>(brackets).fill(0)
  for (const trial of trials) {
    const bracket = bracketOf(trial)
    if (bracket < brackets) counts[bracket] = counts[bracket]! + 1
  }
  let next = 0
  for (let b = 1; b < brackets; b++) if (counts[b]! * eta ** b < counts[next]! * eta ** next) next = b
  return next
}
