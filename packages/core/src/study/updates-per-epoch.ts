import { MODEL_BUILDER } from '../contracts/model-builder.ts'
import { SPLITTER } from '../contracts/splitter.ts'
import type { Params } from '../space/hyperparameter.ts'
import { type ComposedStudy, largestValue } from './compose-study.ts'
import { splitRows } from './split-rows.ts'

/**
 * Divides the rows once, as every trial will, so that data too short for the window, the horizon or the folds is refused
 * before a study is begun.
 *
 * @returns The updates that params make in an epoch of the first fold, where that is known.
 * @throws RONDO_DATA_TOO_FEW_ROWS, RONDO_SPLIT_INVALID
 */
export function updatesPerEpochOf(
  { composition, dataset, space }: ComposedStudy,
  seed: number,
): ((params: Params) => number) | undefined {
  if (dataset === undefined || !composition.has(SPLITTER)) return undefined
  const request = dataset.development().targets(largestValue(space, 'window') ?? 0)
  const [first] = splitRows(composition.resolve(SPLITTER), request, seed)
  const builder = composition.has(MODEL_BUILDER) ? composition.resolve(MODEL_BUILDER) : undefined
  if (first === undefined || builder?.batchSize === undefined) return undefined
  return (params) => Math.ceil(first.train.length / builder.batchSize!(params))
}
