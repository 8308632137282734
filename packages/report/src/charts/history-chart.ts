import { isBetter } from '@rondo/core'
import type { EChartsOption } from 'echarts'
import type { ReportData, ReportTrial } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import { paramsInWords } from '../words/params.ts'
import type { Chart } from './chart.ts'
import { valueBounds } from './scale.ts'
import { axis, baseOption, COLOUR, legend } from './theme.ts'

/** With fewer trials that went through, the others are shown as well. */
const FEWEST_WHOLE = 5

/**
 * How many trials the chart leaves out: those that trained for an epoch or two would make all others look alike.
 */
export function leftOut({ trials }: ReportData): number {
  const valued = trials.filter(({ value }) => value !== undefined)
  const whole = valued.filter(({ state }) => state === 'completed')
  return whole.length < FEWEST_WHOLE ? 0 : valued.length - whole.length
}

/** Every trial's value in the order of the trials, and the best so far among those that went through. */
export function historyChart(data: ReportData): Chart {
  const { trials, objective, best, space } = data
  const point = (trial: ReportTrial): object => ({
    value: [trial.number, trial.value],
    name: `trial ${trial.number}: ${objective.metric} ${number(trial.value)}\n${paramsInWords(trial.params, space)}`,
  })
  const valued = trials.filter(({ value }) => value !== undefined)
  const whole = valued.filter(({ state }) => state === 'completed')
  const partial = leftOut(data) > 0 ? [] : valued.filter(({ state }) => state !== 'completed')
  const bestTrial = valued.filter(({ number }) => number === best)
  const bounds = valueBounds(
    [...whole, ...partial, ...bestTrial].map(({ value }) => value!),
    objective,
  )
  const option = (narrow: boolean): EChartsOption =>
    ({
      ...baseOption(narrow),
      legend: legend(['best so far', 'trial', ...(partial.length > 0 ? ['stopped or paused'] : [])]),
      xAxis: { type: 'value', minInterval: 1, min: 0, max: trials.length - 1, ...axis('trial', false) },
      yAxis: { type: 'value', scale: true, ...bounds, ...axis(objective.metric, true) },
      series: [
        {
          name: 'best so far',
          type: 'line',
          step: 'end',
          symbol: 'none',
          silent: true,
          data: bestSoFar(data),
          lineStyle: { color: COLOUR.accent, width: 2 },
          itemStyle: { color: COLOUR.accent },
        },
        dots('trial', whole.map(point), COLOUR.muted, 'circle'),
        ...(partial.length > 0
          ? [dots('stopped or paused', partial.map(point), COLOUR.faint, 'diamond')]
          : []),
        dots('best', bestTrial.map(point), COLOUR.accent, 'circle', 11),
      ],
    }) as EChartsOption
  const last = best === undefined ? undefined : trials[best]?.value
  return {
    id: 'history',
    label: `The value of each of ${trials.length} trials; the best has ${objective.metric} ${number(last)}.`,
    height: 300,
    narrowHeight: 260,
    option,
  }
}

const dots = (
  name: string,
  data: readonly object[],
  color: string,
  symbol: string,
  symbolSize = 7,
): object => ({
  name,
  type: 'scatter',
  data,
  symbol,
  symbolSize,
  itemStyle: { color },
  // What lies outside the axis is cut off, not drawn over its edge.
  clip: true,
})

/** The best of the trials on as many folds as the best of all; others are not comparable. */
function bestSoFar({ trials, objective, best }: ReportData): readonly (readonly [number, number])[] {
  const folds = best === undefined ? undefined : trials[best]?.reached.folds
  const line: [number, number][] = []
  let value: number | undefined
  for (const trial of trials) {
    const counts =
      trial.value !== undefined &&
      trial.reached.folds === folds &&
      (trial.state === 'completed' || trial.number === best)
    if (counts && (value === undefined || isBetter(objective, trial.value!, value))) {
      value = trial.value!
      line.push([trial.number, value])
    }
  }
  return value === undefined ? [] : [...line, [Math.max(0, trials.length - 1), value]]
}
