import { join } from 'node:path'
import type { LoggedEvent, Store, StudyState } from '@rondo/core'
import type { StudiesOptions } from '../commands/output-options.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { TrialCurves } from '../study/trial-curves.ts'
import { csvText } from '../terminal/csv.ts'
import type { Output } from '../terminal/output.ts'
import { writeWhole } from '../terminal/write-whole.ts'

/** Options of `rondo export`. */
export interface ExportOptions extends StudiesOptions {
  readonly curves?: boolean
  readonly events?: boolean
  readonly model?: string
  readonly output?: string
}

/** Writes a study's trials, curves or events for other programs, or a copy of its model. */
export async function exportStudy(
  study: string,
  { studies, curves = false, events = false, model, output: file }: ExportOptions,
  output: Output,
): Promise<void> {
  const store = openStore(studies)
  if (model !== undefined) {
    readStudyOf(store, study)
    const { copyModel } = await import('../prediction/copy-model.ts')
    copyModel(join(studies, study), model)
    output.say(`Wrote the model of ${study} to ${model}.`)
    return
  }
  const text = events ? eventLines(store, study) : table(store, study, curves)
  if (file === undefined) {
    process.stdout.write(text)
    return
  }
  writeWhole(file, text)
  output.say(`Wrote ${file}.`)
}

function table(store: Store, study: string, curves: boolean): string {
  const { state } = readStudyOf(store, study)
  return csvText(curves ? curveRows(state, TrialCurves.of(store.open(study, 'read'))) : trialRows(state))
}

/** One row a trial; a hyperparameter that is not active in a trial is empty. */
function trialRows({ trials, space, spec }: StudyState) {
  const params = Object.keys(space.definition)
  const head = [
    'trial',
    'state',
    'origin',
    spec.objective.metric,
    'epoch',
    'epochs',
    'folds',
    ...params,
    'reason',
  ]
  const rows = trials.map((trial) => [
    trial.number,
    trial.state,
    trial.origin,
    trial.value,
    trial.bestEpoch,
    trial.reached.epochs,
    trial.reached.folds,
    ...params.map((name) => trial.params[name]),
    trial.failure?.message ?? trial.stopReason,
  ])
  return [head, ...rows]
}

/** One row for each epoch, with every metric that some epoch has, the objective's first. */
function curveRows({ trials, spec }: StudyState, curves: TrialCurves) {
  const measured = trials.flatMap(({ number }) =>
    curves.measurements(number).map((measurement) => ({ number, ...measurement })),
  )
  const metrics = [
    ...new Set([
      spec.objective.metric,
      ...measured.flatMap((measurement) => Object.keys(measurement.metrics)),
    ]),
  ]
  const rows = measured.map(({ number, fold, epoch, metrics: values }) => [
    number,
    fold,
    epoch,
    ...metrics.map((metric) => values[metric]),
  ])
  return [['trial', 'fold', 'epoch', ...metrics], ...rows]
}

function eventLines(store: Store, study: string): string {
  const log = store.open(study, 'read')
  try {
    return [...log.read()].map(line).join('')
  } finally {
    log.close()
  }
}

const line = ({ seq, at, event }: LoggedEvent): string => `${JSON.stringify({ seq, at, ...event })}\n`
