import {
  count,
  definePlugin,
  type Fold,
  type Plugin,
  RondoError,
  SPLITTER,
  type SplitRequest,
  type Splitter,
} from '@rondo/core'
import { z } from 'zod'
import { foldsOption } from './options.ts'
import { requireAsManyAsFolds } from './requirements.ts'
import { ascending } from './rows.ts'
import { requireBoth } from './series.ts'
import { shuffledStrata } from './strata.ts'

/** Options of {@link stratified}. */
export interface StratifiedOptions {
  /** At least 2. Default 5. */
  readonly folds?: number
}

const stratifiedOptions = z.strictObject({ folds: foldsOption.min(2).default(5) })

/** K-fold over independent sequences in which every fold has the classes in the proportion of the whole. */
export const stratified = (options: StratifiedOptions = {}): Plugin<Splitter> =>
  definePlugin({
    name: 'stratified',
    provides: SPLITTER,
    scope: 'study',
    options,
    schema: stratifiedOptions,
    create: () => {
      const { folds } = stratifiedOptions.parse(options)
      return { folds, split: (request) => dealt(check(request, folds), folds) }
    },
  })

function dealt(request: SplitRequest, folds: number): readonly Fold[] {
  const hands = Array.from({ length: folds }, (): number[] => [])
  // Dealing on from where the last class ended keeps the folds' sizes within one of each other.
  let next = 0
  for (const stratum of shuffledStrata(request)) {
    for (const place of stratum) {
      hands[next % folds]!.push(request.targets[place]!)
      next++
    }
  }
  return hands.map((hand, i) => {
    const validation = ascending(hand)
    const held = new Set(hand)
    return requireBoth({ train: request.targets.filter((row) => !held.has(row)), validation }, i)
  })
}

function check(request: SplitRequest, folds: number): SplitRequest {
  const place = { plugin: 'stratified' }
  if (request.labels === undefined) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: 'Stratified folds need classes, and the target has none.',
      place,
      remedy: 'Use kFold, walkForward or holdout.',
    })
  }
  if (request.sequential) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: 'Stratified folds mix the rows, and the windows of one series overlap each other.',
      place,
      remedy: 'Use walkForward or kFold, or name an id column if the rows form independent sequences.',
    })
  }
  requireAsManyAsFolds(request, folds)
  const counts = new Map<number, number>()
  for (const label of request.labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  for (const [label, members] of counts) {
    if (members < folds) {
      throw new RondoError('RONDO_SPLIT_INVALID', {
        message: `Class ${label} has ${count(members, 'sequence')}, fewer than the ${count(folds, 'fold')}.`,
        value: members,
        place: { field: 'splitter.folds' },
        remedy: `Use at most ${count(members, 'fold')}, or give more sequences of that class.`,
      })
    }
  }
  return request
}
