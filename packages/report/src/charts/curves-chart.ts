import { defaultName } from '@rondo/core'
import type { EChartsOption } from 'echarts'
import type { ReportData, ReportEpoch, ReportTrial } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import { paramsInWords } from '../words/params.ts'
import type { Chart } from './chart.ts'
import { valueBounds } from './scale.ts'
import { axis, baseOption, COLOUR, legend } from './theme.ts'

/** So many curves can be told apart, and drawn at little cost; the best and the default are always among them. */
const MOST_CURVES = 60

/** The objective's metric by epoch, the mean over folds: the best and the untuned default among all others. */
export function curvesChart(data: ReportData): Chart {
  const { trials, objective, best, space } = data
  const curves = shownTrials(data).map((trial) => ({ trial, points: meanCurve(trial) }))
  const bounds = valueBounds(
    curves.flatMap(({ points }) => points.map(([, value]) => value)),
    objective,
  )
  const longest = Math.max(1, ...curves.map(({ points }) => points.at(-1)?.[0] ?? 1))
  const names = { best: 'best', default: defaultName(data), other: 'other trials' }
  const line = ({ trial, points }: (typeof curves)[number]): object => {
    const kind = trial.number === best ? 'best' : trial.origin === 'default' ? 'default' : 'other'
    const color = { best: COLOUR.accent, default: COLOUR.second, other: COLOUR.faint }[kind]
    return {
      name: names[kind],
      type: 'line',
      symbol: 'circle',
      symbolSize: 5,
      showSymbol: points.length === 1,
      triggerEvent: true,
      data: points.map(([epoch, value]) => ({
        value: [epoch, value],
        name: `trial ${trial.number}, epoch ${epoch}: ${objective.metric} ${number(value)}\n${paramsInWords(trial.params, space)}`,
      })),
      lineStyle: {
        color,
        width: kind === 'other' ? 1 : 2.5,
        opacity: kind === 'other' ? 0.55 : 1,
      },
      itemStyle: { color },
      z: kind === 'best' ? 4 : kind === 'default' ? 3 : 2,
    }
  }
  const legendNames = Object.values(names).filter((name) =>
    curves.some((curve) => (line(curve) as { readonly name: string }).name === name),
  )
  return {
    id: 'curves',
    label: `${objective.metric} by epoch for ${curves.length} of ${trials.length} trials, the best highlighted.`,
    height: 320,
    narrowHeight: 260,
    option: (narrow): EChartsOption =>
      ({
        ...baseOption(narrow),
        legend: legend(legendNames),
        xAxis: { type: 'value', min: 1, max: longest, minInterval: 1, ...axis('epoch', false) },
        yAxis: { type: 'value', scale: true, ...bounds, ...axis(objective.metric, true) },
        series: curves.map(line),
      }) as EChartsOption,
  }
}

/** The best and the default, then the others evenly thinned, in the order of their numbers. */
function shownTrials({ trials, best }: ReportData): readonly ReportTrial[] {
  const drawn = trials.filter(({ curve }) => curve.some(({ value }) => Number.isFinite(value)))
  const special = drawn.filter(({ number, origin }) => number === best || origin === 'default')
  const others = drawn.filter((trial) => !special.includes(trial))
  const every = Math.max(1, Math.ceil(others.length / MOST_CURVES))
  return [...others.filter((_, i) => i % every === 0), ...special]
}

/** For the epochs that every fold has reached. */
function meanCurve({ curve }: ReportTrial): readonly (readonly [epoch: number, value: number])[] {
  const folds = new Set(curve.map(({ fold }) => fold)).size
  return [...Map.groupBy(curve, ({ epoch }) => epoch)]
    .filter(([, points]) => points.length === folds)
    .map(([epoch, points]) => [epoch, points.reduce((sum, { value }) => sum + value, 0) / folds] as const)
    .filter(([, value]) => Number.isFinite(value))
    .sort(([a], [b]) => a - b)
}

/** Train and validation loss of the best trial by epoch. */
export function lossChart(epochs: readonly ReportEpoch[]): Chart {
  const line = (name: string, color: string, lossOf: (epoch: ReportEpoch) => number | undefined): object => ({
    name,
    type: 'line',
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: epochs.length < 3,
    triggerEvent: true,
    data: epochs.flatMap((epoch) => {
      const value = lossOf(epoch)
      if (value === undefined || !Number.isFinite(value)) return []
      return [{ value: [epoch.epoch, value], name: `epoch ${epoch.epoch}: ${name} loss ${number(value)}` }]
    }),
    lineStyle: { color, width: 2 },
    itemStyle: { color },
  })
  return {
    id: 'losses',
    label: `Train and validation loss of the best trial over ${epochs.length} epochs.`,
    height: 240,
    narrowHeight: 220,
    option: (narrow): EChartsOption =>
      ({
        ...baseOption(narrow),
        legend: legend(['train', 'validation']),
        xAxis: {
          type: 'value',
          min: 1,
          max: Math.max(2, epochs.at(-1)?.epoch ?? 2),
          minInterval: 1,
          ...axis('epoch', false),
        },
        yAxis: { type: 'value', scale: true, ...axis('loss', true) },
        series: [
          line('train', COLOUR.muted, ({ loss }) => loss),
          line('validation', COLOUR.accent, ({ validationLoss }) => validationLoss),
        ],
      }) as EChartsOption,
  }
}
