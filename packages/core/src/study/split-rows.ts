import { askPlugin } from '../composition/ask-plugin.ts'
import type { Fold, SplitRequest, Splitter } from '../contracts/splitter.ts'
import { deriveRng } from '../random/derive.ts'

/**
 * The folds of a study's rows: the same wherever they are asked for, as what is drawn has one address.
 *
 * @throws RONDO_SPLIT_INVALID, RONDO_PLUGIN_FAILED
 */
export function splitRows(
  splitter: Splitter,
  request: Omit<SplitRequest, 'rng'>,
  seed: number,
): readonly Fold[] {
  return askPlugin(
    splitter,
    { when: `it was asked for the folds of ${request.targets.length} target rows` },
    () => splitter.split({ ...request, rng: deriveRng({ seed, purpose: 'split' }) }),
  )
}
