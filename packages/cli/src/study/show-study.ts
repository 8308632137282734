import { isBetter, type StopReason, type StudyReading, type StudyState, type TrialView } from '@rondo/core'
import { clip } from '../terminal/clip.ts'
import type { Output } from '../terminal/output.ts'
import { paramsInWords } from '../terminal/params.ts'
import { count, duration, number } from '../terminal/quantities.ts'
import { sayWrapped } from '../terminal/say-wrapped.ts'
import { table } from '../terminal/table.ts'
import { bestStanding, standingInWords } from './best-standing.ts'
import { nextCommand } from './next-command.ts'
import { originMark } from './origin-mark.ts'
import { expectedInWords, rungsOf, rungTable } from './rungs.ts'
import type { StateOf } from './shown-state.ts'
import { accountInWords, statesInWords, trialAccount } from './trial-counts.ts'
import { trialJson } from './trial-json.ts'
import { whyItRests } from './why-it-rests.ts'

/** How a study is shown. */
export interface ShowStyle {
  readonly sort: 'number' | 'value'
  readonly stateOf: StateOf
  /** Whether a process works on it. */
  readonly isOpen: boolean
  /** The folder of studies that it is in. */
  readonly studies: string
}

/** A study as its log tells it: what it is, how far it has come, and its trials. */
export function showStudy(
  reading: StudyReading,
  { sort, stateOf, isOpen, studies }: ShowStyle,
  output: Output,
): void {
  const { name, state, workedMs } = reading
  const { spec, limits, trials, notes, evaluations } = state
  const account = trialAccount(state)
  const states = statesInWords(trials, stateOf)
  const standing = bestStanding(state)
  output.emit({ type: 'study', study: name, spec, limits, workedMs, notes, evaluations, ...standing })
  output.say(`${output.style('bold', name)}: ${spec.objective.direction} ${spec.objective.metric}`)
  sayWrapped(
    `${accountInWords(account)} (${states}), worked ${duration(workedMs)}; limits: ${limitsInWords(limits)}`,
    output,
  )
  const rests = isOpen ? undefined : whyItRests(reading)
  const rest = rests && REST[rests]?.((...limits) => nextCommand(['resume', name, ...limits], studies))
  // Not wrapped: a command is copied whole.
  if (rest !== undefined) output.say(rest)
  if (evaluations.length > 0) output.say(`The test rows have been seen ${count(evaluations.length, 'time')}.`)
  for (const note of notes) sayWrapped(`note: ${note}`, output)
  const ordered = sort === 'value' ? byValue(state) : trials
  for (const trial of ordered) output.emit({ type: 'trial', ...trialJson(trial, stateOf) })
  if (ordered.length > 0) {
    output.say('')
    output.say(trialTable(ordered, state, stateOf, output.columns))
  }
  const known = standing === undefined ? [] : standingInWords(standing, spec)
  if (known.length > 0) output.say('')
  for (const line of known) sayWrapped(line, output)
  const rungs = rungsOf(state)
  for (const rung of rungs) output.emit({ type: 'rung', ...rung })
  if (rungs.length > 1) {
    output.say('')
    output.say(rungTable(rungs, spec.objective))
    const expected = expectedInWords(state)
    if (expected !== undefined) sayWrapped(expected, output)
  }
}

/** Why nobody works on it, and the command that goes on with it. */
const REST: { readonly [reason in StopReason]?: (resume: (...limits: string[]) => string) => string } = {
  time: (resume) => `Its time is up; go on for longer with: ${resume('--time', '…')}`,
  patience: (resume) => `No better value came for long; go on with: ${resume('--patience', '…')}`,
  exhausted: () => 'No configuration is left to try.',
  aborted: (resume) => `Nobody works on it; go on with: ${resume()}`,
}

function trialTable(
  trials: readonly TrialView[],
  state: StudyState,
  stateOf: StateOf,
  columns: number,
): string {
  const { metric } = state.spec.objective
  const rows = trials.map((trial) => [
    { right: String(trial.number) },
    state.best?.number === trial.number ? 'best' : stateOf(trial),
    { right: number(trial.value) },
    { right: trial.reached.epochs === 0 ? '' : String(epochsTrained(trial)) },
  ])
  const head = [{ right: '#' }, 'state', { right: metric }, { right: 'epochs' }]
  // The params take what the other columns leave of the line.
  const lines = table(head, rows).split('\n')
  const used = Math.max(...lines.map((line) => line.length)) + 2
  return lines
    .map((line, i) => {
      const trial = trials[i - 1]
      const last = trial === undefined ? 'params' : paramsOrReason(trial, state)
      return line.padEnd(used) + clip(last, Math.max(20, columns - used))
    })
    .join('\n')
}

function paramsOrReason(trial: TrialView, state: StudyState): string {
  const params = paramsInWords(trial.params, state.space.definition)
  if (trial.failure !== undefined) return `${trial.failure.code}  ${params}`
  return trial.origin === 'search' ? params : `${originMark(trial, state.spec)}  ${params}`
}

/** The last epoch measured: early stopping may have ended it below its budget. */
export const epochsTrained = ({ curve }: TrialView): number =>
  curve.reduce((last, { epoch }) => Math.max(last, epoch), 0)

function byValue({ trials, spec }: StudyState): readonly TrialView[] {
  return [...trials].sort((a, b) => {
    if (a.value === b.value) return a.number - b.number
    if (a.value === undefined) return 1
    if (b.value === undefined) return -1
    return isBetter(spec.objective, a.value, b.value) ? -1 : 1
  })
}

function limitsInWords({ trials, timeMs, patience }: StudyState['limits']): string {
  const parts: string[] = []
  if (trials !== undefined) parts.push(count(trials, 'trial'))
  if (timeMs !== undefined) parts.push(duration(timeMs))
  if (patience !== undefined) parts.push(`${count(patience, 'trial')} without a better value`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}
