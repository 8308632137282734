import type { EChartsOption } from 'echarts'
import type { ReportGate } from '../data/report-data.ts'
import { percent } from '../words/numbers.ts'
import type { Chart } from './chart.ts'
import { axis, baseOption, COLOUR, legend } from './theme.ts'

const GATE_COLOUR: { readonly [gate: string]: string } = {
  input: COLOUR.accent,
  forget: COLOUR.second,
  output: COLOUR.muted,
}

/** How far the gates of one layer stand open by epoch: the mean of all their values. */
export const gateMeansChart = (gates: readonly ReportGate[], layer: number): Chart =>
  gatesChart(`gate-means-${layer}`, `How far the gates of layer ${layer} stand open, by epoch`, gates, {
    what: 'open on average',
    sharesOf: ({ mean }) => mean,
  })

/** Which share of the values of each gate of one layer is as good as shut or open, by epoch. */
export const gateSaturationChart = (gates: readonly ReportGate[], layer: number): Chart =>
  gatesChart(`gate-saturation-${layer}`, `Saturation of the gates of layer ${layer}, by epoch`, gates, {
    what: 'of the values below .05 or above .95',
    sharesOf: ({ closed, open }) => closed.map((share, i) => share + open[i]!),
  })

interface Shown {
  readonly what: string
  readonly sharesOf: (gate: ReportGate) => readonly number[]
}

function gatesChart(
  id: string,
  title: string,
  gates: readonly ReportGate[],
  { what, sharesOf }: Shown,
): Chart {
  const last = Math.max(2, ...gates.flatMap(({ epochs }) => epochs))
  const ends = gates.map((gate) => `${gate.gate} ${percent(sharesOf(gate).at(-1) ?? Number.NaN)}`)
  return {
    id,
    label: `${title}; at the end ${ends.join(', ')}.`,
    height: 200,
    half: true,
    option: (narrow): EChartsOption =>
      ({
        ...baseOption(narrow),
        legend: legend(gates.map(({ gate }) => gate)),
        xAxis: { type: 'value', min: 1, max: last, minInterval: 1, ...axis('epoch', false) },
        yAxis: { type: 'value', min: 0, max: 100, interval: 25, ...axis('', true, '{value} %') },
        series: gates.map((gate) => {
          const color = GATE_COLOUR[gate.gate] ?? COLOUR.text
          return {
            name: gate.gate,
            type: 'line',
            symbol: 'circle',
            symbolSize: 5,
            showSymbol: gate.epochs.length < 3,
            triggerEvent: true,
            data: sharesOf(gate).map((share, i) => ({
              value: [gate.epochs[i], 100 * share],
              name: `epoch ${gate.epochs[i]}, ${gate.gate} gate: ${percent(share)} ${what}`,
            })),
            lineStyle: { color, width: 2 },
            itemStyle: { color },
          }
        }),
      }) as EChartsOption,
  }
}
