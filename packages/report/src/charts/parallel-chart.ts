import type { Hyperparameter, ParamValue } from '@rondo/core'
import type { EChartsOption } from 'echarts'
import type { ReportData, ReportTrial } from '../data/report-data.ts'
import { number } from '../words/numbers.ts'
import { byValue } from '../words/objective.ts'
import { paramsInWords, tunedNames, valueInWords } from '../words/params.ts'
import type { Chart } from './chart.ts'
import { valueBounds } from './scale.ts'
import { baseOption, COLOUR } from './theme.ts'

/** Every trial as a line through the values of its hyperparameters and its score; the best tenth stands out. */
export function parallelChart(data: ReportData): Chart {
  const { space, objective, best } = data
  const names = tunedNames(space)
  const ranked = data.trials.filter(({ value }) => value !== undefined).sort(byValue(objective))
  const bounds = valueBounds(
    ranked.map(({ value }) => value!),
    objective,
  )
  // What is far off lies on the edge of the axis rather than outside.
  const shownValue = (value: number): number =>
    Math.min(bounds.max ?? value, Math.max(bounds.min ?? value, value))
  const leaders = Math.max(1, Math.ceil(ranked.length / 10))
  const line = (trial: ReportTrial, rank: number): object => {
    const isBest = trial.number === best
    const color = isBest || rank < leaders ? COLOUR.accent : COLOUR.faint
    return {
      name: `trial ${trial.number}: ${objective.metric} ${number(trial.value)}\n${paramsInWords(trial.params, space)}`,
      value: [...names.map((name) => cellOf(space[name]!, trial.params[name])), shownValue(trial.value!)],
      lineStyle: { color, width: isBest ? 3 : rank < leaders ? 1.6 : 1, opacity: rank < leaders ? 1 : 0.5 },
    }
  }
  // A name may reach into the room of its neighbours, which are rarely as long.
  const room = Math.max(60, Math.min(110, (1.25 * 780) / names.length))
  const option = (narrow: boolean): EChartsOption =>
    ({
      ...baseOption(narrow),
      parallel: {
        layout: narrow ? 'vertical' : 'horizontal',
        left: narrow ? 98 : 40,
        right: narrow ? 22 : 60,
        top: narrow ? 16 : 52,
        bottom: narrow ? 24 : 24,
        parallelAxisDefault: {
          nameLocation: narrow ? 'start' : 'end',
          nameTruncate: { maxWidth: narrow ? 90 : room, ellipsis: '…' },
          nameTextStyle: { color: COLOUR.text, fontSize: 12, ...(narrow ? { align: 'right' } : {}) },
          nameGap: narrow ? 8 : 16,
          axisLabel: {
            color: COLOUR.muted,
            fontSize: 11,
            hideOverlap: true,
            backgroundColor: COLOUR.background,
            padding: [1, 2],
          },
          axisLine: { lineStyle: { color: COLOUR.faint } },
          axisTick: { show: false },
        },
      },
      parallelAxis: [
        ...names.map((name, dim) => ({ dim, name, ...parallelAxis(space[name]!) })),
        { dim: names.length, name: objective.metric, type: 'value', scale: true, ...bounds },
      ],
      series: [
        {
          type: 'parallel',
          smooth: 0.15,
          // The best are drawn last, on top.
          data: ranked.map(line).reverse(),
          lineStyle: { width: 1 },
          inactiveOpacity: 0.03,
          activeOpacity: 1,
        },
      ],
    }) as EChartsOption
  return {
    id: 'parallel',
    label: `The hyperparameters of ${ranked.length} trials with their ${objective.metric}; the best tenth stands out.`,
    height: 360,
    narrowHeight: 80 + 62 * (names.length + 1),
    option,
  }
}

/** Numbers by their scale; names, and numbers of a choice, each at a place of its own. */
function parallelAxis(hyperparameter: Hyperparameter): object {
  switch (hyperparameter.type) {
    case 'int':
    case 'float': {
      const { low, high, log } = hyperparameter
      const wide = low < high ? { min: low, max: high } : {}
      if (log && low < high) return { type: 'log', ...wide }
      return { type: 'value', ...wide, ...(hyperparameter.type === 'int' ? { minInterval: 1 } : {}) }
    }
    case 'choice':
      return { type: 'category', data: hyperparameter.values.map(valueInWords) }
    case 'boolean':
      return { type: 'category', data: ['false', 'true'] }
    case 'fixed':
      return { type: 'category', data: [valueInWords(hyperparameter.value)] }
  }
}

/** The value as its axis takes it; a dash leaves a gap where the hyperparameter is not active. */
function cellOf(hyperparameter: Hyperparameter, value: ParamValue | undefined): number | string {
  if (value === undefined) return '-'
  return typeof value === 'number' && (hyperparameter.type === 'int' || hyperparameter.type === 'float')
    ? value
    : valueInWords(value)
}
