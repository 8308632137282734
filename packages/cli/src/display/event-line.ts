import type { Budget, StudyEvent, StudyState, TrialView } from '@rondo/core'
import { originMark } from '../study/origin-mark.ts'
import { clip } from '../terminal/clip.ts'
import { paramsInWords } from '../terminal/params.ts'
import { number } from '../terminal/quantities.ts'

/** A line for people about an event; `undefined` for those that only matter to the log. */
export function eventLine(event: StudyEvent, state: StudyState, width: number): string | undefined {
  switch (event.type) {
    case 'leg.ended':
      return endedLine(event, state, width)
    case 'leg.failed':
      return `trial ${event.trial} failed: ${event.failure.code} ${event.failure.message}`
    case 'trial.stopped':
      return clip(`trial ${event.trial} stopped: ${event.reason}`, width)
    case 'leg.restarted':
      return event.cause === 'worker'
        ? `trial ${event.trial} lost its worker; it goes on from its last checkpoint`
        : `trial ${event.trial} goes on`
    case 'note':
      return `note: ${event.text}`
    default:
      return undefined
  }
}

type LegEnded = Extract<StudyEvent, { readonly type: 'leg.ended' }>

function endedLine({ trial: wanted }: LegEnded, state: StudyState, width: number): string {
  const trial = state.trials[wanted]!
  const { metric } = state.spec.objective
  const digits = String((Number.isFinite(state.trialLimit) ? state.trialLimit : 10) - 1).length
  // In an ordered study the value may be in the log before it is in the state.
  const value = trial.value === undefined ? 'done' : `${metric} ${number(trial.value)}`
  const longest = metric.length + ' 0.00000'.length
  const parts = [
    `trial ${String(wanted).padStart(digits)}`,
    value.padEnd(longest),
    work(trial, state.fullBudget),
    (state.best === trial ? 'best' : trial.state === 'completed' ? '' : trial.state).padEnd('paused'.length),
    paramsInWords(trial.params, state.space.definition),
  ]
  if (trial.origin !== 'search') parts.splice(-1, 0, originMark(trial, state.spec))
  return clip(parts.join('  '), width)
}

/** How far a trial has come: `12 epochs`, with folds `12 epochs × 3`. */
function work({ curve, reached }: TrialView, full: Budget): string {
  const epochs = curve.reduce((most, { epoch }) => Math.max(most, epoch), 0)
  const digits = String(full.epochs).length
  const words = `${String(epochs).padStart(digits)} ${epochs === 1 ? 'epoch ' : 'epochs'}`
  return full.folds === 1 ? words : `${words} × ${reached.folds}`
}
