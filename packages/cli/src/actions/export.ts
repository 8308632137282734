import type { LoggedEvent, Store, StudyState } from '@rondo/core'
import type { StudiesOptions } from '../commands/output-options.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { csvText } from '../terminal/csv.ts'
import type { Output } from '../terminal/output.ts'
import { writeWhole } from '../terminal/write-whole.ts'

/** Options of `rondo export`. */
export interface ExportOptions extends StudiesOptions {
  readonly curves?: boolean
  readonly events?: boolean
  readonly output?: string
}

/** Writes a study's trials, curves or events for other programs. */
export function exportStudy(
  study: string,
  { studies, curves = false, events = false, output: file }: ExportOptions,
  output: Output,
): void {
  const store = openStore(studies)
  const text = events ? eventLines(store, study) : table(readStudyOf(store, study).state, curves)
  if (file === undefined) {
    process.stdout.write(text)
    return
  }
  writeWhole(file, text)
  output.say(`Wrote ${file}.`)
}

const table = (state: StudyState, curves: boolean): string =>
  csvText(curves ? curveRows(state) : trialRows(state))

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

function curveRows({ trials, spec }: StudyState) {
  const points = trials.flatMap(({ number, curve }) =>
    curve.map(({ fold, epoch, value }) => [number, fold, epoch, value]),
  )
  return [['trial', 'fold', 'epoch', spec.objective.metric], ...points]
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
