import { extname } from 'node:path'
import type { ArtifactFiles, JsonObject } from '@rondo/core'
import {
  applyPreprocess,
  type Plan,
  type Prediction,
  type PredictionInput,
  readTable,
  type Table,
} from '@rondo/dataset'
import { predictWindows } from '@rondo/trainer-tfjs'
import { averaged } from './average.ts'
import { readJsonLines } from './json-lines.ts'
import { rolled } from './roll.ts'

/** What is predicted of which rows. */
export interface PredictionRequest {
  /** The files of a model; of several folds, those of each. */
  readonly models: readonly ArtifactFiles[]
  /** `-`: standard input. */
  readonly file: string
  /** How standard input is written; files tell by their ending. */
  readonly format?: 'csv' | 'json' | undefined
  /** The last window of each series, or all. */
  readonly which: 'last' | 'all'
  /** How far to forecast from the last row; the model's horizon where absent. */
  readonly steps?: number | undefined
}

const JSON_LINES = ['.jsonl', '.ndjson']

/**
 * Predicts rows with a saved model, by nothing but the model's own files; the models of several folds are averaged.
 *
 * @throws data errors, RONDO_TASK_MISMATCH, RONDO_ARTIFACT_DAMAGED, RONDO_BACKEND
 */
export async function predictRows(request: PredictionRequest): Promise<readonly Prediction[]> {
  const { models, file, which, steps } = request
  const preprocesses = models.map(preprocessOf)
  const { plan } = preprocesses[0] as unknown as { readonly plan: Plan }
  const isJson = request.format === 'json' || JSON_LINES.includes(extname(file))
  const table = isJson ? await readJsonLines(file, plan.time) : await readTable(file)
  const predict = async (rows: Table): Promise<readonly Prediction[]> => {
    const each: (readonly Prediction[])[] = []
    for (const [i, model] of models.entries()) {
      each.push(await predictSteps(model, applyPreprocess(preprocesses[i]!, rows, which)))
    }
    return averaged(each)
  }
  return steps === undefined ? predict(table) : rolled({ plan, table, steps, predict })
}

/** Of a recursive model every step, each upon those before it. */
async function predictSteps(model: ArtifactFiles, first: PredictionInput): Promise<readonly Prediction[]> {
  const all: Prediction[] = []
  let input: PredictionInput | undefined = first
  while (input !== undefined) {
    const outputs: Float32Array = await predictWindows(model, input)
    all.push(...input.decode(outputs))
    input = input.next?.(outputs)
  }
  // Series after series, as a model of several outputs gives them.
  return [...Map.groupBy(all, ({ id }) => id).values()].flat()
}

const preprocessOf = (model: ArtifactFiles): JsonObject =>
  JSON.parse(new TextDecoder().decode(model['preprocess.json'])) as JsonObject
