import { type Fold, RondoError, type SplitRequest } from '@rondo/core'
import { ascending } from './rows.ts'

/**
 * Splits each series of a request by itself and puts the parts of the same fold together. A request without groups is
 * one series. Series that are too short for `splitOne` (which then returns `undefined`) only help to train.
 * @throws RONDO_SPLIT_INVALID where no series is long enough, or a fold has nothing to train on.
 */
export function splitEachSeries(
  request: SplitRequest,
  folds: number,
  splitOne: (targets: Int32Array) => readonly Fold[] | undefined,
): readonly Fold[] {
  const parts = seriesOf(request).map((targets) => ({ targets, folds: splitOne(targets) }))
  if (parts.every((part) => part.folds === undefined)) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: `${request.targets.length} target rows are too few for ${folds} fold(s) of a horizon of ${request.horizon}.`,
      value: request.targets.length,
      remedy: 'Use fewer folds, a smaller validation part or gap, a shorter window, or give more rows.',
    })
  }
  return Array.from({ length: folds }, (_, i) => {
    const train = parts.map((part) => part.folds?.[i]?.train ?? (part.folds ? [] : part.targets))
    const validation = parts.map((part) => part.folds?.[i]?.validation ?? [])
    const fold = { train: join(train), validation: join(validation) }
    return requireBoth(fold, i)
  })
}

/** @throws RONDO_SPLIT_INVALID naming the part of the fold that is empty. */
export function requireBoth(fold: Fold, index: number): Fold {
  if (fold.train.length > 0 && fold.validation.length > 0) return fold
  throw new RondoError('RONDO_SPLIT_INVALID', {
    message: `Fold ${index} would have no ${fold.train.length === 0 ? 'train' : 'validation'} rows.`,
    value: index,
    remedy: 'Use fewer folds, a smaller gap, a shorter window, or give more rows.',
  })
}

function seriesOf({ targets, groups }: SplitRequest): readonly Int32Array[] {
  if (groups === undefined) return [targets]
  const rows = new Map<number, number[]>()
  targets.forEach((row, i) => {
    const group = groups[i]!
    const known = rows.get(group)
    if (known === undefined) rows.set(group, [row])
    else known.push(row)
  })
  return [...rows.values()].map((series) => Int32Array.from(series))
}

function join(parts: readonly (Int32Array | readonly number[])[]): Int32Array {
  if (parts.length === 1) return ascending(parts[0]!)
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.sort()
}
