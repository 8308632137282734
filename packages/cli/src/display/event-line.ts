import type { StudyEvent, StudyState } from '@rondo/core'
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

function endedLine({ trial: wanted, measurements }: LegEnded, state: StudyState, width: number): string {
  const trial = state.trials[wanted]!
  const { metric } = state.spec.objective
  const epochs = measurements.reduce((most, { epoch }) => Math.max(most, epoch), 0)
  const digits = String((state.limits.trials ?? 10) - 1).length
  // In an ordered study the value may be in the log before it is in the state.
  const value = trial.value === undefined ? 'done' : `${metric} ${number(trial.value)}`
  const longest = metric.length + ' 0.00000'.length
  const parts = [`trial ${String(wanted).padStart(digits)}`, value.padEnd(longest)]
  if (epochs > 1)
    parts.push(`epoch ${trial.bestEpoch ?? epochs} of ${epochs}`.padEnd('epoch 99 of 99'.length))
  if (trial.state === 'paused') parts.push('paused')
  if (state.best === trial) parts.push('best so far')
  if (trial.origin === 'default') parts.push('untuned default')
  parts.push(paramsInWords(trial.params, state.space.definition))
  return clip(parts.join('  '), width)
}
