import type { EChartsOption } from 'echarts'
import type { ReportForecast } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import type { Chart } from './chart.ts'
import { axis, baseOption, COLOUR, legend } from './theme.ts'

/** So many points can be told apart on a phone. */
const MOST_NARROW = 60

/** Predictions over the truth, and their interval where there is one; on a phone the last of them. */
export function forecastChart(forecast: ReportForecast): Chart {
  const { target, actual } = forecast
  return {
    id: 'forecast',
    label: `${target}: predictions and truth for ${actual.length} points.`,
    height: 300,
    narrowHeight: 260,
    option: (narrow) => optionOf(narrow ? lastOf(forecast, MOST_NARROW) : forecast, narrow),
  }
}

function lastOf(forecast: ReportForecast, most: number): ReportForecast {
  const { labels, actual, predicted, low, high } = forecast
  return {
    ...forecast,
    labels: labels.slice(-most),
    actual: actual.slice(-most),
    predicted: predicted.slice(-most),
    ...(low && { low: low.slice(-most) }),
    ...(high && { high: high.slice(-most) }),
  }
}

function optionOf(forecast: ReportForecast, narrow: boolean): EChartsOption {
  const { labels, actual, predicted, low, high, target } = forecast
  const named = (values: readonly number[], what: string): readonly object[] =>
    values.map((value, i) => ({ value, name: `${labels[i]}: ${what} ${number(value)}` }))
  const band =
    low !== undefined && high !== undefined
      ? [
          {
            type: 'line',
            stack: 'interval',
            symbol: 'none',
            silent: true,
            lineStyle: { opacity: 0 },
            data: low,
          },
          {
            name: 'interval',
            type: 'line',
            stack: 'interval',
            symbol: 'none',
            silent: true,
            lineStyle: { opacity: 0 },
            itemStyle: { color: COLOUR.accentSoft },
            areaStyle: { color: COLOUR.accentSoft, opacity: 0.9 },
            data: high.map((top, i) => top - low[i]!),
          },
        ]
      : []
  const line = (name: string, color: string, values: readonly number[], width: number): object => ({
    name,
    type: 'line',
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: values.length < 3,
    triggerEvent: true,
    data: named(values, name),
    lineStyle: { color, width },
    itemStyle: { color },
  })
  const base = baseOption(narrow)
  return {
    ...base,
    // The axis says what it is by its dates, which reach over its end.
    grid: { ...base.grid, bottom: 8, right: 40 },
    legend: {
      ...legend([]),
      data: ['truth', 'model', ...(band.length > 0 ? [{ name: 'interval', icon: 'rect' }] : [])],
    },
    xAxis: { type: 'category', data: [...labels], boundaryGap: false, ...axis('', false) },
    yAxis: { type: 'value', scale: true, ...axis(target, true) },
    series: [...band, line('truth', COLOUR.muted, actual, 1.5), line('model', COLOUR.accent, predicted, 1.5)],
  } as EChartsOption
}
