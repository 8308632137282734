import type { Prediction } from '@rondo/dataset'
import { csvText } from '../terminal/csv.ts'

/**
 * Predictions as CSV: id and time where the data has them, the line of the last input row, the steps ahead, then the
 * targets and, of classes, their probabilities.
 */
export function predictionCsv(predictions: readonly Prediction[]): string {
  const [first] = predictions
  if (first === undefined) return ''
  const targets = Object.keys(first.values)
  const classes = Object.keys(first.probabilities ?? {})
  const head = [
    ...(first.id === undefined ? [] : ['id']),
    ...(first.time === undefined ? [] : ['time']),
    'row',
    'step',
    ...targets,
    ...classes.map((name) => `p(${name})`),
  ]
  const rows = predictions.map(({ id, time, row, step, values, probabilities }) => [
    ...(first.id === undefined ? [] : [id ?? '']),
    ...(first.time === undefined ? [] : [time ?? '']),
    row,
    step,
    ...targets.map((name) => values[name] ?? ''),
    ...classes.map((name) => probabilities?.[name] ?? ''),
  ])
  return csvText([head, ...rows])
}
