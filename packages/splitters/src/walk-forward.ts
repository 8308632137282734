import { definePlugin, type Plugin, SPLITTER, type Splitter } from '@rondo/core'
import { z } from 'zod'
import { foldsOption, gapOption, sizeOption } from './options.ts'
import { trainBefore } from './purge.ts'
import { requireSequential } from './requirements.ts'
import { splitEachSeries } from './series.ts'

/** Options of {@link walkForward}. */
export interface WalkForwardOptions {
  /** Default 3. */
  readonly folds?: number
  /** Of one fold: a share of the target rows, or a number of rows. Default .1, or less so that all folds take half. */
  readonly validation?: number
  /** `expanding` trains on everything before; a number of rows trains on the latest so many. Default `expanding`. */
  readonly train?: 'expanding' | number
  /** Rows left out between train and validation, beyond the horizon. Default 0. */
  readonly gap?: number
}

const walkForwardOptions = z.strictObject({
  folds: foldsOption.default(3),
  validation: sizeOption.optional(),
  train: z.union([z.literal('expanding'), z.int().min(1)]).default('expanding'),
  gap: gapOption.default(0),
})

/**
 * Consecutive validation blocks at the end of the series, each trained on what lies before it; the latest block is the
 * first fold. Several series are divided each by itself.
 */
export const walkForward = (options: WalkForwardOptions = {}): Plugin<Splitter> =>
  definePlugin({
    name: 'walkForward',
    provides: SPLITTER,
    scope: 'study',
    options,
    schema: walkForwardOptions,
    create: () => {
      const { folds, train, gap, ...rest } = walkForwardOptions.parse(options)
      const validation = rest.validation ?? Math.min(0.1, 0.5 / folds)
      return {
        folds,
        split: (request) => {
          requireSequential(request, 'walkForward')
          return splitEachSeries(request, folds, (targets) => {
            const size = validation < 1 ? Math.floor(validation * targets.length) : validation
            const earliest = targets.length - folds * size
            if (size < 1 || earliest < 1) return undefined
            const made = Array.from({ length: folds }, (_, i) => {
              const end = targets.length - i * size
              const before = trainBefore(targets, targets[end - size]!, request, gap)
              return {
                train: train === 'expanding' ? before : before.slice(-train),
                validation: targets.slice(end - size, end),
              }
            })
            return made.every((fold) => fold.train.length > 0) ? made : undefined
          })
        },
      }
    },
  })
