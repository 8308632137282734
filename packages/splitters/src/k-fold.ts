import { definePlugin, type Fold, type Plugin, SPLITTER, type SplitRequest, type Splitter } from '@rondo/core'
import { z } from 'zod'
import { foldsOption } from './options.ts'
import { trainAfter, trainBefore } from './purge.ts'
import { requireAsManyAsFolds } from './requirements.ts'
import { ascending } from './rows.ts'
import { requireBoth, splitEachSeries } from './series.ts'

/** Options of {@link kFold}. */
export interface KFoldOptions {
  /** At least 2. Default 5. */
  readonly folds?: number
  /** Rows left out on both sides of a validation block, beyond those whose windows or labels overlap it. Default 0. */
  readonly purge?: number
}

const kFoldOptions = z.strictObject({
  folds: foldsOption.min(2).default(5),
  purge: z.int().min(0).default(0),
})

/**
 * Every target is validated on once. Independent sequences are shuffled; of a series the folds are blocks, the latest
 * first, and train targets whose windows or labels overlap the block are left out.
 */
export const kFold = (options: KFoldOptions = {}): Plugin<Splitter> =>
  definePlugin({
    name: 'kFold',
    provides: SPLITTER,
    scope: 'study',
    options,
    schema: kFoldOptions,
    create: () => {
      const { folds, purge } = kFoldOptions.parse(options)
      return {
        folds,
        split: (request) => {
          requireAsManyAsFolds(request, folds)
          return request.sequential ? blocks(request, folds, purge) : shuffledParts(request, folds)
        },
      }
    },
  })

function blocks(request: SplitRequest, folds: number, purge: number): readonly Fold[] {
  return splitEachSeries(request, folds, (targets) => {
    if (targets.length < folds) return undefined
    return Array.from({ length: folds }, (_, i) => {
      const block = part(targets, folds, folds - 1 - i)
      const before = trainBefore(targets, block[0]!, request, purge)
      const after = trainAfter(targets, block[block.length - 1]!, request, purge)
      return { train: ascending([...before, ...after]), validation: block }
    })
  })
}

function shuffledParts(request: SplitRequest, folds: number): readonly Fold[] {
  const order = request.rng.permutation(request.targets.length).map((i) => request.targets[i]!)
  return Array.from({ length: folds }, (_, i) => {
    const validation = ascending(part(order, folds, i))
    const held = new Set(validation)
    return requireBoth({ train: request.targets.filter((row) => !held.has(row)), validation }, i)
  })
}

/** The `index`-th of `folds` consecutive parts whose sizes differ by at most one. */
function part(rows: Int32Array, folds: number, index: number): Int32Array {
  return rows.slice(
    Math.floor((index * rows.length) / folds),
    Math.floor(((index + 1) * rows.length) / folds),
  )
}
