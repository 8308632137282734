import type { EChartsOption } from 'echarts'
import type { ReportForecast } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import type { Chart } from './chart.ts'
import { axis, baseOption, COLOUR, legend } from './theme.ts'

/** Predictions over the truth, and their interval where there is one. */
export function forecastChart(forecast: ReportForecast): Chart {
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
            areaStyle: { color: COLOUR.accentSoft, opacity: 0.6 },
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
  return {
    id: 'forecast',
    label: `${target}: predictions and truth for ${actual.length} points.`,
    height: 300,
    narrowHeight: 260,
    option: (narrow): EChartsOption =>
      ({
        ...baseOption(narrow),
        legend: legend(['truth', 'model', ...(band.length > 0 ? ['interval'] : [])]),
        xAxis: { type: 'category', data: [...labels], boundaryGap: false, ...axis('', false) },
        yAxis: { type: 'value', scale: true, ...axis(target, true) },
        series: [
          ...band,
          line('truth', COLOUR.muted, actual, 1.5),
          line('model', COLOUR.accent, predicted, 2),
        ],
      }) as EChartsOption,
  }
}
