import type { Prediction } from '@rondo/dataset'
import { csvText } from '../terminal/csv.ts'

/** A column: its name, and what it says of a prediction. */
interface Column {
  readonly name: string
  readonly of: (prediction: Prediction) => string | number | undefined
}

/**
 * Predictions as CSV: id and time where the data has them, the line of the last input row, the steps ahead (of a
 * forecast), then each target with its quantiles and the bounds of its intervals, and the probabilities of classes.
 */
export function predictionCsv(predictions: readonly Prediction[]): string {
  const [first] = predictions
  if (first === undefined) return ''
  const columns: readonly Column[] = [
    ...(first.id === undefined ? [] : [{ name: 'id', of: ({ id }: Prediction) => id }]),
    ...(first.time === undefined ? [] : [{ name: 'time', of: ({ time }: Prediction) => time }]),
    { name: 'row', of: ({ row }) => row },
    ...(first.step === 0 ? [] : [{ name: 'step', of: ({ step }: Prediction) => step }]),
    ...Object.keys(first.values).flatMap((target) => [
      { name: target, of: ({ values }: Prediction) => values[target] },
      ...quantileColumns(first, target),
      ...intervalColumns(first, target),
    ]),
    ...Object.keys(first.probabilities ?? {}).map((name) => ({
      name: `p(${name})`,
      of: ({ probabilities }: Prediction) => probabilities?.[name],
    })),
  ]
  return csvText([
    columns.map(({ name }) => name),
    ...predictions.map((prediction) => columns.map(({ of }) => of(prediction))),
  ])
}

/** `births_q0.1`: the share .1 of the values lies below. */
const quantileColumns = ({ quantiles }: Prediction, target: string): readonly Column[] =>
  Object.keys(quantiles?.[target] ?? {}).map((share) => ({
    name: `${target}_q${share}`,
    of: (prediction) => prediction.quantiles?.[target]?.[share],
  }))

/** `births_lower_80` and `births_upper_80`: 80 % of the values lie between them. */
const intervalColumns = ({ intervals }: Prediction, target: string): readonly Column[] =>
  (intervals?.[target] ?? []).flatMap(({ coverage }, i) =>
    (['lower', 'upper'] as const).map((side) => ({
      name: `${target}_${side}_${Number((100 * coverage).toPrecision(12))}`,
      of: (prediction) => prediction.intervals?.[target]?.[i]?.[side],
    })),
  )
