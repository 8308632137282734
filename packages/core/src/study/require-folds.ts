import { SPLITTER } from '../contracts/splitter.ts'
import { deriveRng } from '../random/derive.ts'
import { type ComposedStudy, largestValue } from './compose-study.ts'

/**
 * Divides the rows once, as every trial will, so that data too short for the window, the horizon or the folds is refused
 * before a study is begun.
 *
 * @throws RONDO_DATA_TOO_FEW_ROWS, RONDO_SPLIT_INVALID
 */
export function requireFolds({ composition, dataset, space }: ComposedStudy, seed: number): void {
  if (dataset === undefined || !composition.has(SPLITTER)) return
  const request = dataset.development().targets(largestValue(space, 'window') ?? 0)
  composition.resolve(SPLITTER).split({ ...request, rng: deriveRng({ seed, purpose: 'split' }) })
}
