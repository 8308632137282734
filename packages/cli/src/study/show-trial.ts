import type { AdviceRule } from '@rondo/analysis'
import {
  defaultName,
  type Measurement,
  RondoError,
  type StudyReading,
  type StudySpec,
  type TrialRecord,
} from '@rondo/core'
import { lineChart } from '../terminal/line-chart.ts'
import type { Output } from '../terminal/output.ts'
import { count, number } from '../terminal/quantities.ts'
import { sparkline } from '../terminal/sparkline.ts'
import { type Cell, table } from '../terminal/table.ts'
import { labelled } from '../terminal/wrap.ts'
import { adviceOn, printAdvice } from './advice.ts'
import { epochsTrained } from './show-study.ts'
import type { StateOf } from './shown-state.ts'
import { curvesToDraw, type TrialCurves } from './trial-curves.ts'
import { gateCurves, gateLines } from './trial-gates.ts'
import { wholeTrialJson } from './trial-json.ts'

const LABEL = 11

interface ShownTrial {
  readonly curves: TrialCurves
  readonly stateOf: StateOf
  readonly rules: readonly AdviceRule[]
  /** The folder of studies that it is in. */
  readonly studies: string
}

/** Everything about one trial. @throws RONDO_STUDY_NO_TRIAL */
export function showTrial(
  { name, state }: StudyReading,
  wanted: number,
  { curves, stateOf, rules, studies }: ShownTrial,
  output: Output,
): void {
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
  const { objective } = state.spec
  const { metric } = objective
  const isOver = trial.legs.length > 0 && trial.state !== 'running'
  const advice = isOver ? adviceOn(rules, curves, state, wanted) : []
  const measurements = curves.measurements(wanted)
  const gates = gateCurves(curves.ends, wanted)
  output.emit({ type: 'trial', study: name, ...wholeTrialJson(trial, stateOf), measurements, gates, advice })
  const row = (label: string, text: string): void => output.say(labelled(label, text, LABEL, output.columns))
  const best = state.best === trial ? ', the best' : ''
  output.say(`${output.style('bold', `${name}, trial ${wanted}`)}: ${stateOf(trial)}${best}`)
  if (trial.value !== undefined) row('value', `${metric} ${number(trial.value)} at epoch ${trial.bestEpoch}`)
  row('chosen by', originInWords(trial, state.spec))
  row(
    'reached',
    `${count(epochsTrained(trial), 'epoch')} on ${count(trial.reached.folds, 'fold')}, in ${count(trial.legs.length, 'leg')}`,
  )
  if (trial.failure !== undefined) row('failed', `${trial.failure.code}: ${trial.failure.message}`)
  if (trial.stopReason !== undefined) row('stopped', trial.stopReason)
  if (trial.state === 'paused') row('paused', pauseInWords(trial))
  const rate = rateInWords(trial, measurements)
  if (rate !== undefined) row('rate used', rate)
  if (trial.model !== undefined) row('model', trial.model.name)
  output.say('')
  output.say(
    table(
      ['hyperparameter', { right: 'value' }],
      Object.entries(trial.params).map(([key, value]): Cell[] => [key, { right: String(value) }]),
    ),
  )
  const width = Math.min(100, output.columns - 1)
  const chart = lineChart({
    series: curvesToDraw(measurements, objective),
    epochs: epochsTrained(trial),
    width,
    height: 9,
  })
  if (chart.length > 0) output.say('')
  for (const line of chart) output.say(line)
  for (const line of byFold(trial, metric, width)) output.say(line)
  for (const line of gateLines(gates, width)) output.say(line)
  if (isOver) printAdvice(advice, state, { study: name, trial: wanted, studies }, output)
}

/** Where its scheduler has left a paused trial. */
function pauseInWords({ legs, reached }: TrialRecord): string {
  const { rung, bracket } = legs.at(-1)?.tags ?? {}
  const far = `after ${count(reached.epochs, 'epoch')} on ${count(reached.folds, 'fold')}`
  if (typeof rung !== 'number') return `${far}, where its leg ended`
  const where = `rung ${rung}${typeof bracket === 'number' && bracket > 0 ? ` of bracket ${bracket}` : ''}`
  return `${far}, at ${where}: it goes on once it counts among the best there`
}

/** The learning rate that the first and the last epoch were trained with, where it is not the param itself. */
function rateInWords({ params }: TrialRecord, measurements: readonly Measurement[]): string | undefined {
  const rates = measurements.filter(({ fold }) => fold === 0).map(({ metrics }) => metrics.learningRate)
  const [first, last] = [rates[0], rates.at(-1)]
  if (first === undefined || (first === params.learningRate && last === first)) return undefined
  return first === last ? number(first) : `${number(first)} → ${number(last)}`
}

/** The objective's metric by epoch, a line for each fold. */
function byFold({ curve }: TrialRecord, metric: string, width: number): readonly string[] {
  const folds = [...new Set(curve.map(({ fold }) => fold))]
  return folds.flatMap((fold) => {
    const values = curve.filter((point) => point.fold === fold).map(({ value }) => value)
    const name = folds.length > 1 ? `${metric}, fold ${fold + 1}` : metric
    const ends = `${number(values[0])} → ${number(values.at(-1))}`
    return ['', `${name} by epoch: ${ends}`, sparkline(values, width)]
  })
}

function originInWords({ origin, replicateOf }: TrialRecord, spec: StudySpec): string {
  if (replicateOf !== undefined) return `the search, to repeat trial ${replicateOf}`
  const { defaultsOf } = spec
  const itsTrial = defaultsOf === undefined ? '' : `, its trial ${defaultsOf.trial}`
  return {
    search: 'the search',
    default: `nobody: the ${defaultName(spec)}${itsTrial}`,
    enqueued: 'the user',
  }[origin]
}
