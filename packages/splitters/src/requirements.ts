import { count, RondoError, type SplitRequest } from '@rondo/core'

/** @throws RONDO_SPLIT_INVALID where the rows have no order in time. */
export function requireSequential(request: SplitRequest, splitter: string): void {
  if (request.sequential) return
  throw new RondoError('RONDO_SPLIT_INVALID', {
    message: `${splitter} follows time, and these are independent sequences without an order.`,
    value: splitter,
    place: { plugin: splitter },
    remedy: 'Use stratified, kFold or holdout.',
  })
}

/** @throws RONDO_SPLIT_INVALID where there are fewer targets than folds. */
export function requireAsManyAsFolds(request: SplitRequest, folds: number): void {
  if (request.targets.length >= folds) return
  throw new RondoError('RONDO_SPLIT_INVALID', {
    message: `${count(request.targets.length, 'target row')} cannot make ${count(folds, 'fold')}.`,
    value: request.targets.length,
    place: { field: 'splitter.folds' },
  })
}
