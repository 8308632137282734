import { definePlugin, type Plugin, RondoError, SPLITTER, type Splitter } from '@rondo/core'

/** Options of {@link recentInFull}. */
export interface RecentInFullOptions {
  /** Share of the target rows, the latest, that is validated on; default .2. */
  readonly validation?: number
  /** Target rows before those that are all trained on; default 365. */
  readonly recent?: number
  /** Of the rows before these one in so many is trained on; default 3. */
  readonly every?: number
}

/**
 * One fold of a single series: validates on the latest rows, trains on all that lie shortly before and on a few of the
 * distant past, so that an old part of the series costs little and counts for little.
 */
export const recentInFull = (options: RecentInFullOptions = {}): Plugin<Splitter> =>
  definePlugin({
    name: 'recent-in-full',
    provides: SPLITTER,
    scope: 'study',
    options,
    create: () => {
      const { validation = 0.2, recent = 365, every = 3 } = options
      return {
        folds: 1,
        split({ targets, horizon, sequential, groups }) {
          if (!sequential || groups !== undefined)
            throw invalid('recent-in-full divides a single series only.')
          const validated = targets.slice(targets.length - Math.floor(validation * targets.length))
          // The last target of a train sample must be known when the first validation sample is predicted.
          const before = targets.filter((row) => validated.length > 0 && row <= validated[0]! - horizon)
          const train = before.filter((_, i) => {
            const age = before.length - i
            return age <= recent || (age - recent) % every === 0
          })
          if (train.length === 0) throw invalid(`${targets.length} target rows are too few to divide.`)
          return [{ train, validation: validated }]
        },
      }
    },
  })

const invalid = (message: string): RondoError =>
  new RondoError('RONDO_SPLIT_INVALID', { message, place: { field: 'splitter' } })
