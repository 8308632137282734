import { definePlugin, type Fold, type Plugin, SPLITTER, type SplitRequest, type Splitter } from '@rondo/core'
import { z } from 'zod'
import { gapOption, sizeOption } from './options.ts'
import { trainBefore } from './purge.ts'
import { ascending, sizeOf } from './rows.ts'
import { requireBoth, splitEachSeries } from './series.ts'
import { shuffledStrata } from './strata.ts'

/** Options of {@link holdout}. */
export interface HoldoutOptions {
  /** The part to validate on: a share below 1, or a number of target rows. Default .2. */
  readonly validation?: number
  /** Rows left out between train and validation, beyond the horizon. Default 0. */
  readonly gap?: number
}

const holdoutOptions = z.strictObject({ validation: sizeOption.default(0.2), gap: gapOption.default(0) })

/**
 * One fold. Of a series (of each series, where there are several) the latest rows are validated on; independent
 * sequences are drawn at random, each class in proportion.
 */
export const holdout = (options: HoldoutOptions = {}): Plugin<Splitter> =>
  definePlugin({
    name: 'holdout',
    provides: SPLITTER,
    scope: 'study',
    options,
    schema: holdoutOptions,
    create: () => {
      const { validation, gap } = holdoutOptions.parse(options)
      return {
        folds: 1,
        split: (request) =>
          request.sequential ? lastRows(request, validation, gap) : [drawn(request, validation)],
      }
    },
  })

function lastRows(request: SplitRequest, validation: number, gap: number): readonly Fold[] {
  const isOne = request.groups === undefined
  return splitEachSeries(request, 1, (targets) => {
    // A series among many may be too short to be divided; a single one is an error that names the size.
    if (!isOne && Math.round(validation < 1 ? validation * targets.length : validation) < 1) return undefined
    if (!isOne && validation >= targets.length) return undefined
    const first = targets.length - sizeOf(validation, targets.length, 'splitter.validation')
    return [{ train: trainBefore(targets, targets[first]!, request, gap), validation: targets.slice(first) }]
  })
}

function drawn(request: SplitRequest, validation: number): Fold {
  const size = sizeOf(validation, request.targets.length, 'splitter.validation')
  const share = size / request.targets.length
  const held = new Set<number>()
  // Rounding the running sum instead of each class keeps the total at `size`.
  let seen = 0
  let taken = 0
  for (const stratum of shuffledStrata(request)) {
    seen += stratum.length
    const quota = Math.round(seen * share) - taken
    for (const place of stratum.slice(0, quota)) held.add(place)
    taken += quota
  }
  const rows = (inside: boolean) => ascending(request.targets.filter((_, i) => held.has(i) === inside))
  return requireBoth({ train: rows(false), validation: rows(true) }, 0)
}
