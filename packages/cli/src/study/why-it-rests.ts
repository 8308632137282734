import type { StopReason, StudyReading } from '@rondo/core'

/** Why a study rests that nobody works on; nothing where all that was asked for is done. */
export function whyItRests({ state, workedMs, ended }: StudyReading): StopReason | undefined {
  if (ended !== undefined && ended !== 'trials') return ended
  // A session by hand, which no limit ends, may have come after the one that a limit ended.
  if (workedMs >= (state.limits.timeMs ?? Number.POSITIVE_INFINITY)) return 'time'
  if (state.outOfPatience) return 'patience'
  return state.trials.some((trial) => trial.state === 'running') ? 'aborted' : undefined
}

/** The same in a few words. */
export const RESTS: { readonly [reason in StopReason]: string } = {
  trials: '',
  time: 'time is up',
  patience: 'out of patience',
  exhausted: 'space exhausted',
  aborted: 'interrupted',
  error: 'ended by an error',
}
