import {
  defaultLabel,
  defaultName,
  isBetter,
  type Objective,
  type Params,
  type Study,
  type StudyState,
  type TrialRecord,
} from '@rondo/core'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { lineChart } from '../terminal/line-chart.ts'
import type { Output } from '../terminal/output.ts'
import { count, number } from '../terminal/quantities.ts'
import { sayWrapped } from '../terminal/say-wrapped.ts'
import { type Cell, table } from '../terminal/table.ts'
import { adviceOn, printAdvice, rulesOf } from './advice.ts'
import { nextCommand } from './next-command.ts'
import type { PreparedSession } from './prepare.ts'
import { defeatInWords, type Score, scoreTable, studyScores } from './scores.ts'
import { epochsTrained } from './show-study.ts'
import { shownStates } from './shown-state.ts'
import { curvesToDraw, type TrialCurves } from './trial-curves.ts'
import { wholeTrialJson } from './trial-json.ts'

const HEIGHT = 9

/** The best trial of a study at one moment: its record goes on to change. */
export interface BestBefore {
  readonly trial: number
  readonly value: number
  readonly params: Params
}

interface TrialClosing {
  readonly study: Study
  /** The number of the trial that was worked on. */
  readonly trial: number
  /** The best of the study before. */
  readonly before: BestBefore | undefined
  readonly curves: TrialCurves
  readonly session: PreparedSession
  readonly output: Output
}

/** The best trial of a study as it stands. */
export function bestOf({ best }: Study['state']): BestBefore | undefined {
  return best?.value === undefined
    ? undefined
    : { trial: best.number, value: best.value, params: best.params }
}

/** What is left on the screen of one trial by hand: its curves, its score beside others, its params, what to do next. */
export function trialClosing({ study, trial, before, curves, session, output }: TrialClosing): ExitCode {
  const { state, name } = study
  const { studies } = session
  const { objective, fullBudget } = state.spec
  const record = state.trials[trial]
  if (record === undefined) {
    output.say(`Trial ${trial} has not begun; go on with: ${nextCommand(['resume', name], studies)}`)
    return EXIT.noResult
  }
  const baselines = session.baselines()
  const advice = adviceOn(rulesOf(session.others), curves, state, trial)
  const known = { ...wholeTrialJson(record, shownStates(false)), before, baselines, advice }
  output.emit({ type: 'trained', study: name, objective, ...known })
  if (record.value === undefined) {
    if (record.failure === undefined) {
      output.say(`Trial ${trial} was interrupted before its first result.`)
      output.say(`Go on with: ${nextCommand(['resume', name], studies)}`)
    } else printAdvice(advice, state, { study: name, trial, studies }, output)
    return EXIT.noResult
  }
  const series = curvesToDraw(curves.measurements(trial), objective)
  const epochs = epochsTrained(record)
  for (const line of lineChart({
    series,
    epochs,
    width: Math.min(100, output.columns - 1),
    height: HEIGHT,
  })) {
    output.say(line)
  }
  output.say('')
  const sentences = [
    sentence(record, before, objective),
    ...defeatInWords('It', record.value, baselines, objective),
  ]
  sayWrapped(sentences.join(' '), output)
  output.say('')
  output.say(scoreTable(scores(study, record, record.value, baselines), objective))
  output.say('')
  for (const line of paramsLines(record, before, state)) output.say(line)
  const { epochs: reached, folds } = record.reached
  if (record.state === 'paused' && (reached < fullBudget.epochs || folds < fullBudget.folds)) {
    const more = folds < fullBudget.folds ? ['--folds', fullBudget.folds] : []
    const further = ['extend', name, trial, '--epochs', fullBudget.epochs, ...more]
    output.say('')
    output.say(`It was paused after ${count(reached, 'epoch')}; take it further with:`)
    output.say(`  ${nextCommand(further, studies)}`)
  }
  printAdvice(advice, state, { study: name, trial, studies }, output)
  return EXIT.ok
}

function sentence(
  { number: trial, value, bestEpoch, curve }: TrialRecord,
  before: BestBefore | undefined,
  { metric, direction }: Objective,
): string {
  const epochs = curve.reduce((last, { epoch }) => Math.max(last, epoch), 0)
  const own = `Trial ${trial}: ${metric} ${number(value)} at epoch ${bestEpoch} of ${epochs}.`
  if (value === undefined || before === undefined) return own
  const share = before.value === 0 ? 0 : Math.abs((value - before.value) / before.value)
  const by = `by ${(share * 100).toFixed(1)} %`
  if (before.trial === trial) {
    return value === before.value
      ? `${own} It remains the best.`
      : `${own} Before it was ${number(before.value)}.`
  }
  return isBetter({ metric, direction }, value, before.value)
    ? `${own} It is the best so far, better than trial ${before.trial} ${by}.`
    : `${own} The best is still trial ${before.trial} with ${number(before.value)}${share === 0 ? '' : `; this one is worse ${by}`}.`
}

function scores(
  { state }: Study,
  record: TrialRecord,
  value: number,
  baselines: readonly Score[],
): readonly Score[] {
  const own = state.best === record ? [] : [{ name: `this: trial ${record.number}`, value }]
  return [...own, ...studyScores(state), ...baselines]
}

/** What of its params differs from the best before, or from the untuned default where there was none. */
function paramsLines(
  { number: trial, params }: TrialRecord,
  before: BestBefore | undefined,
  { spec, space }: StudyState,
): readonly string[] {
  const other =
    before !== undefined && before.trial !== trial
      ? { label: `trial ${before.trial}`, name: `trial ${before.trial}`, params: before.params }
      : { label: defaultLabel(spec), name: `the ${defaultName(spec)}`, params: space.defaults() ?? {} }
  const names = [...new Set([...Object.keys(params), ...Object.keys(other.params)])]
  const different = names.filter((name) => params[name] !== other.params[name])
  const same = names.length - different.length
  if (different.length === 0) return [`Every hyperparameter is as in ${other.name}.`]
  const rows = different.map((name): Cell[] => [
    name,
    { right: shown(params[name]) },
    { right: shown(other.params[name]) },
  ])
  const lines = table(['hyperparameter', { right: `trial ${trial}` }, { right: other.label }], rows).split(
    '\n',
  )
  if (same === 0) return lines
  const others = same === 1 ? 'The other one is' : `The other ${same} are`
  return [...lines, `${others} as in ${other.name}.`]
}

function shown(value: Params[string] | undefined): string {
  if (value === undefined) return '–'
  return typeof value === 'number' ? number(value) : String(value)
}
