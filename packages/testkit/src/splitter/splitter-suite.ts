import { type Fold, type Plugin, SPLITTER, type SplitRequest, type Splitter } from '@rondo/core'
import { brokenRule, mustHold, same, show } from '../broken-rule.ts'
import { jsonOptions } from '../json-options.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { type NamedRequest, requests, scarceRequests } from './requests.ts'

type Subject = MakePlugin<Plugin<Splitter>>

/** A request with the folds that were made of it. */
interface Made {
  readonly title: string
  readonly request: SplitRequest
  readonly folds: readonly Fold[]
}

const asManyAsSaid: Check<Subject> = {
  name: 'makes as many folds as it says, of at least one kind of data',
  run: (makePlugin) =>
    withSplitter(makePlugin, (splitter) => {
      mustHold(
        Number.isInteger(splitter.folds) && splitter.folds >= 1,
        'A splitter must say how many folds it makes, at least 1',
        () => `it says ${show(splitter.folds)}`,
      )
      const made = splitAll(splitter, requests)
      mustHold(
        made.length > 0,
        'A splitter must be able to divide some kind of data',
        () => `it refused ${requests.map(({ title }) => title).join(', ')}`,
      )
      for (const { title, folds } of made) {
        mustHold(
          Array.isArray(folds) && folds.length === splitter.folds,
          'A splitter must make as many folds as it says',
          () => `of ${title} it made ${folds.length}, not ${splitter.folds}`,
        )
      }
    }),
}

const ascendingTargets: Check<Subject> = {
  name: 'gives target rows of the request, ascending, on both sides',
  run: (makePlugin) =>
    forEachPart(makePlugin, (rows, side, { title, request }) => {
      const known = new Set(request.targets)
      mustHold(rows.length > 0, 'Both sides of a fold must have rows', () => `${side} has none (${title})`)
      for (const [i, row] of rows.entries()) {
        mustHold(
          known.has(row),
          'A fold may hold only target rows of the request',
          () => `${side} holds row ${row} (${title})`,
        )
        mustHold(
          i === 0 || rows[i - 1]! < row,
          'The rows of a fold must be ascending, each once',
          () => `${side} has ${row} after ${rows[i - 1]} (${title})`,
        )
      }
    }),
}

const disjoint: Check<Subject> = {
  name: 'never validates on rows that it trains on',
  run: (makePlugin) =>
    forEachFold(makePlugin, ({ train, validation }, { title }) => {
      const trained = new Set(train)
      const both = validation.find((row) => trained.has(row))
      mustHold(
        both === undefined,
        'No row may be both trained on and validated on',
        () => `row ${both} is (${title})`,
      )
    }),
}

const noFuture: Check<Subject> = {
  name: 'keeps the labels of a series apart: train ends at least a horizon before validation',
  run: (makePlugin) =>
    forEachFold(makePlugin, (fold, { title, request }) => {
      if (!request.sequential) return
      forEachNeighbour(fold, request, (trained, validated) => {
        mustHold(
          trained > validated || validated - trained >= request.horizon,
          'The last train target must lie at least the horizon before validation',
          () =>
            `train row ${trained} is ${validated - trained} before validation row ${validated}; the horizon is ${request.horizon} (${title})`,
        )
      })
    }),
}

const purged: Check<Subject> = {
  name: 'purges train rows whose windows reach into validation',
  run: (makePlugin) =>
    forEachFold(makePlugin, (fold, { title, request }) => {
      if (!request.sequential) return
      const reach = request.horizon + request.window
      forEachNeighbour(fold, request, (trained, validated) => {
        mustHold(
          trained < validated || trained - validated >= reach,
          'Train rows after validation must be purged as far as their windows and labels reach',
          () =>
            `train row ${trained} is ${trained - validated} after validation row ${validated}, less than horizon + window = ${reach} (${title})`,
        )
      })
    }),
}

const functionOfRequest: Check<Subject> = {
  name: 'is a function of its request',
  run: (makePlugin) =>
    withSplitter(makePlugin, async (splitter) => {
      for (const { title, folds } of splitAll(splitter, requests)) {
        const named = requests.find((each) => each.title === title)!
        const again = splitter.split(named.make())
        const fresh = await withSplitter(makePlugin, (other) => other.split(named.make()))
        mustHold(
          same(folds, again) && same(folds, fresh),
          'A splitter must be a function of its request',
          () => `asked again, with the same rows and the same generator, it divided ${title} in another way`,
        )
      }
    }),
}

const changesNothing: Check<Subject> = {
  name: 'changes nothing in its request',
  run: (makePlugin) =>
    withSplitter(makePlugin, (splitter) => {
      for (const { title, request } of splitAll(splitter, requests)) {
        const { rng: _, ...before } = requests.find((each) => each.title === title)!.make()
        const { rng: __, ...after } = request
        mustHold(
          same(before, after),
          'A splitter must not change the rows that it is given',
          () => `it did for ${title}`,
        )
      }
    }),
}

const refusesScarcity: Check<Subject> = {
  name: 'refuses data that is too small with RONDO_SPLIT_INVALID',
  run: (makePlugin) =>
    withSplitter(makePlugin, (splitter) => {
      for (const { title, folds } of splitAll(splitter, scarceRequests)) {
        for (const { train, validation } of folds) {
          mustHold(
            train.length > 0 && validation.length > 0,
            'A splitter must refuse data that is too small',
            () =>
              `of ${title} it made a fold of ${train.length} train and ${validation.length} validation rows`,
          )
        }
      }
    }),
}

/** Rules for every splitter. The subject makes the plugin with the options to be checked. */
export const splitterSuite: Suite<Subject> = {
  name: 'splitter',
  checks: [
    asManyAsSaid,
    ascendingTargets,
    disjoint,
    noFuture,
    purged,
    functionOfRequest,
    changesNothing,
    refusesScarcity,
    jsonOptions,
  ],
}

function withSplitter<R>(makePlugin: Subject, use: (splitter: Splitter) => R | Promise<R>): Promise<R> {
  return withInstance(makePlugin(), SPLITTER, use)
}

/** The folds of the requests that a splitter takes; one that is not its kind it refuses with a coded error. */
function splitAll(splitter: Splitter, named: readonly NamedRequest[]): readonly Made[] {
  const made: Made[] = []
  for (const { title, make } of named) {
    const request = make()
    try {
      made.push({ title, request, folds: splitter.split(request) })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'RONDO_SPLIT_INVALID' || code === 'RONDO_DATA_TOO_FEW_ROWS') continue
      throw brokenRule(
        'A splitter must refuse data that does not suit it with RONDO_SPLIT_INVALID',
        `for ${title} it threw ${error instanceof Error ? `“${error.message}”` : show(error)}`,
      )
    }
  }
  return made
}

function forEachFold(makePlugin: Subject, check: (fold: Fold, made: Made) => void): Promise<void> {
  return withSplitter(makePlugin, (splitter) => {
    for (const made of splitAll(splitter, requests)) for (const fold of made.folds) check(fold, made)
  })
}

function forEachPart(
  makePlugin: Subject,
  check: (rows: Int32Array, side: keyof Fold, made: Made) => void,
): Promise<void> {
  return forEachFold(makePlugin, (fold, made) => {
    for (const side of ['train', 'validation'] as const) check(fold[side], side, made)
  })
}

/** Every train row with the nearest validation rows of its own series, before and after it. */
function forEachNeighbour(
  { train, validation }: Fold,
  request: SplitRequest,
  check: (trained: number, validated: number) => void,
): void {
  const groupOf = new Map<number, number>()
  for (const [i, row] of request.targets.entries()) groupOf.set(row, request.groups?.[i] ?? 0)
  const byGroup = Map.groupBy(validation, (row) => groupOf.get(row))
  for (const row of train) {
    const others = byGroup.get(groupOf.get(row)) ?? []
    const after = others.find((other) => other > row)
    const before = others.findLast((other) => other < row)
    if (after !== undefined) check(row, after)
    if (before !== undefined) check(row, before)
  }
}
