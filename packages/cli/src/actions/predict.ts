import type { StudiesOptions } from '../commands/output-options.ts'
import { readModelFolder } from '../prediction/model-folder.ts'
import { predictRows } from '../prediction/predict-rows.ts'
import { predictionCsv } from '../prediction/prediction-csv.ts'
import type { Output } from '../terminal/output.ts'
import { count } from '../terminal/quantities.ts'
import { writeWhole } from '../terminal/write-whole.ts'

/** Options of `rondo predict`. */
export interface PredictOptions extends StudiesOptions {
  readonly all?: boolean
  readonly steps?: number
  readonly format?: 'csv' | 'json'
  readonly output?: string
}

/** Predicts new rows, as CSV on standard output or in a file, or as JSON lines. */
export async function predict(
  model: string,
  file: string,
  { all = false, steps, format, output: target, studies }: PredictOptions,
  output: Output,
): Promise<void> {
  const models = readModelFolder(model, studies)
  if (models.length > 1) output.warn(`The mean of ${models.length} models, one of each fold.`)
  const predictions = await predictRows({ models, file, format, which: all ? 'all' : 'last', steps })
  for (const prediction of predictions) output.emit({ type: 'prediction', ...prediction })
  const csv = predictionCsv(predictions)
  if (target === undefined) {
    if (!output.json) output.stream.write(csv)
    return
  }
  writeWhole(target, csv)
  output.say(`Wrote ${count(predictions.length, 'prediction')} to ${target}.`)
}
