import type { EChartsOption } from 'echarts'
import type { ReportData, ReportImportance } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import { paramsInWords, valueInWords } from '../words/params.ts'
import type { Chart } from './chart.ts'
import { valueBounds } from './scale.ts'
import { axis, baseOption, COLOUR } from './theme.ts'

type Slice = ReportImportance['hyperparameters'][number]

/** What the forest expects at each value of one hyperparameter, over all trials as dots. */
export function sliceChart(data: ReportData, slice: Slice, index: number): Chart {
  const { objective } = data
  const observations = data.importance?.observations ?? []
  const { name, log } = slice
  const values = slice.slice.map(({ value }) => value)
  const numeric = slice.ordered && values.every((value) => typeof value === 'number')
  const tuned = data.space[name]?.type
  const continuous = numeric && (tuned === 'int' || tuned === 'float')
  const place = (value: unknown): number | string =>
    continuous ? (value as number) : valueInWords(value as string)
  const dots = observations
    .filter(({ value, params }) => value !== undefined && params[name] !== undefined)
    .map(({ value, params }) => ({
      value: [place(params[name]), value],
      name: `${objective.metric} ${number(value)}\n${paramsInWords(params, data.space)}`,
    }))
  const means = slice.slice.map(({ value, mean, deviation }) => ({
    value: [place(value), mean],
    name: `${name} ${valueInWords(value)}: ${objective.metric} about ${number(mean)} ± ${number(deviation)}`,
  }))
  const bounds = valueBounds(
    observations.flatMap(({ value }) => (value === undefined ? [] : [value])),
    objective,
  )
  const [first, last] = [values[0], values.at(-1)]
  const xAxis = continuous
    ? {
        type: log ? 'log' : 'value',
        ...(tuned === 'int' && !log ? { minInterval: 1 } : {}),
        ...rangeOf(data, name, first as number, last as number),
        ...axis('', false),
      }
    : { type: 'category', data: values.map(valueInWords), ...axis('', false) }
  return {
    id: `slice-${index}`,
    label: `${objective.metric} against ${name}.`,
    height: 200,
    half: true,
    option: (narrow): EChartsOption =>
      ({
        ...baseOption(narrow),
        grid: { left: 4, right: 16, top: 12, bottom: 4, containLabel: true },
        xAxis,
        yAxis: { type: 'value', scale: true, ...bounds, splitNumber: 3, ...axis('', true) },
        series: [
          {
            type: 'scatter',
            data: dots,
            symbolSize: 5,
            itemStyle: { color: COLOUR.muted, opacity: 0.6 },
            clip: true,
          },
          continuous
            ? { type: 'line', data: means, symbol: 'none', lineStyle: { color: COLOUR.accent, width: 2 } }
            : {
                type: 'scatter',
                data: means,
                symbol: 'rect',
                symbolSize: [28, 3],
                itemStyle: { color: COLOUR.accent },
              },
        ],
      }) as EChartsOption,
  }
}

function rangeOf(
  { space }: ReportData,
  name: string,
  first: number,
  last: number,
): { min: number; max: number } {
  const hyperparameter = space[name]
  if (hyperparameter?.type === 'int' || hyperparameter?.type === 'float') {
    return { min: hyperparameter.low, max: hyperparameter.high }
  }
  return { min: first, max: last }
}
