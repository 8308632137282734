import { RondoError, type StudyReading, type TrialRecord } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { count, number } from '../terminal/quantities.ts'
import { sparkline } from '../terminal/sparkline.ts'
import { type Cell, table } from '../terminal/table.ts'
import { labelled } from '../terminal/wrap.ts'
import { epochsTrained } from './show-study.ts'
import { wholeTrialJson } from './trial-json.ts'

const LABEL = 11

/** Everything about one trial. @throws RONDO_STUDY_NO_TRIAL */
export function showTrial({ name, state }: StudyReading, wanted: number, output: Output): void {
  const trial = state.trials[wanted]
  if (trial === undefined) {
    const last = state.trials.length - 1
    throw new RondoError('RONDO_STUDY_NO_TRIAL', {
      message:
        last < 0
          ? `Study “${name}” has no trials yet.`
          : `Study “${name}” has trials 0 to ${last}, but no trial ${wanted}.`,
      value: wanted,
      place: { study: name },
    })
  }
  output.emit({ type: 'trial', study: name, ...wholeTrialJson(trial) })
  const { metric } = state.spec.objective
  const row = (label: string, text: string): void => output.say(labelled(label, text, LABEL, output.columns))
  const best = state.best === trial ? ', the best' : ''
  output.say(`${output.style('bold', `${name}, trial ${wanted}`)}: ${trial.state}${best}`)
  if (trial.value !== undefined) row('value', `${metric} ${number(trial.value)} at epoch ${trial.bestEpoch}`)
  row('chosen by', originInWords(trial))
  row(
    'reached',
    `${count(epochsTrained(trial), 'epoch')} on ${count(trial.reached.folds, 'fold')}, in ${count(trial.legs.length, 'leg')}`,
  )
  if (trial.failure !== undefined) row('failed', `${trial.failure.code}: ${trial.failure.message}`)
  if (trial.stopReason !== undefined) row('stopped', trial.stopReason)
  if (trial.model !== undefined) row('model', trial.model.name)
  output.say('')
  output.say(
    table(
      ['hyperparameter', { right: 'value' }],
      Object.entries(trial.params).map(([key, value]): Cell[] => [key, { right: String(value) }]),
    ),
  )
  for (const line of curves(trial, metric, output.columns)) output.say(line)
}

function originInWords({ origin, replicateOf }: TrialRecord): string {
  if (replicateOf !== undefined) return `the search, to repeat trial ${replicateOf}`
  return { search: 'the search', default: 'nobody: the untuned default', enqueued: 'the user' }[origin]
}

function curves({ curve }: TrialRecord, metric: string, columns: number): readonly string[] {
  const folds = [...new Set(curve.map(({ fold }) => fold))]
  return folds.flatMap((fold) => {
    const values = curve.filter((point) => point.fold === fold).map(({ value }) => value)
    const name = folds.length > 1 ? `${metric}, fold ${fold + 1}` : metric
    const ends = `${number(values[0])} → ${number(values.at(-1))}`
    return ['', `${name} by epoch: ${ends}`, sparkline(values, Math.min(columns - 1, 72))]
  })
}
