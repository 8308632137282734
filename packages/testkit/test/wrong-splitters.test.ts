import {
  definePlugin,
  type Fold,
  type Plugin,
  RondoError,
  SPLITTER,
  type SplitRequest,
  type Splitter,
} from '@rondo/core'
import { splitterSuite } from '../src/index.ts'
import { notJson, testWrong } from './wrong-plugins.ts'

type Split = (request: SplitRequest) => readonly Fold[]

const plugin =
  (make: () => Split, { folds = 1, options }: { readonly folds?: number; readonly options?: unknown } = {}) =>
  (): Plugin<Splitter> =>
    definePlugin({
      name: 'wrong',
      provides: SPLITTER,
      scope: 'study',
      ...(options === undefined ? {} : { options }),
      create: () => ({ folds, split: make() }),
    })

const stateless = (split: Split) => plugin(() => split)

/** The last fifth of each series, with `gap` rows left out before it. */
function lastFifth({ targets, groups }: SplitRequest, gap: number): Fold {
  const [train, validation]: [number[], number[]] = [[], []]
  for (const rows of Map.groupBy(targets, (_, i) => groups?.[i] ?? 0).values()) {
    const first = rows[Math.floor(rows.length * 0.8)]!
    for (const row of rows) {
      if (row >= first) validation.push(row)
      else if (first - row >= gap) train.push(row)
    }
  }
  return { train: Int32Array.from(train), validation: Int32Array.from(validation) }
}

const good: Split = (request) => {
  const fold = lastFifth(request, request.horizon)
  if (fold.train.length > 0 && fold.validation.length > 0) return [fold]
  throw new RondoError('RONDO_SPLIT_INVALID', { message: 'Too few rows.' })
}

testWrong(splitterSuite, {
  'makes as many folds as it says, of at least one kind of data': [
    { subject: plugin(() => good, { folds: 2 }), says: /as many folds as it says.*1, not 2/ },
    { subject: plugin(() => good, { folds: 0 }), says: /at least 1/ },
    {
      subject: stateless(() => {
        throw new RondoError('RONDO_SPLIT_INVALID', { message: 'Never.' })
      }),
      says: /some kind of data/,
    },
  ],
  'gives target rows of the request, ascending, on both sides': [
    {
      subject: stateless((request) =>
        good(request).map(({ train, validation }) => ({ train: train.toReversed(), validation })),
      ),
      says: /must be ascending/,
    },
    {
      subject: stateless((request) =>
        good(request).map(({ train, validation }) => ({
          train,
          validation: validation.map((row) => row + 1),
        })),
      ),
      says: /only target rows of the request/,
    },
    {
      subject: stateless((request) => [{ train: request.targets, validation: new Int32Array() }]),
      says: /Both sides/,
    },
  ],
  'never validates on rows that it trains on': {
    subject: stateless((request) =>
      good(request).map(({ validation }) => ({ train: request.targets, validation })),
    ),
    says: /both trained on and validated on/,
  },
  'keeps the labels of a series apart: train ends at least a horizon before validation': {
    subject: stateless((request) => [lastFifth(request, 1)]),
    says: /at least the horizon before validation/,
  },
  'purges train rows whose windows reach into validation': {
    subject: stateless(({ targets, horizon }) => {
      const [from, to] = [
        targets[Math.floor(targets.length * 0.4)]!,
        targets[Math.floor(targets.length * 0.6)]!,
      ]
      return [
        {
          train: targets.filter((row) => row <= from - horizon || row >= to + horizon),
          validation: targets.filter((row) => row >= from && row < to),
        },
      ]
    }),
    says: /must be purged as far as their windows and labels reach/,
  },
  'is a function of its request': {
    subject: plugin(() => {
      let calls = 0
      return (request) => {
        const drop = calls++ % 2
        return good(request).map(({ train, validation }) => ({ train: train.slice(drop), validation }))
      }
    }),
    says: /must be a function of its request/,
  },
  'changes nothing in its request': {
    subject: stateless((request) => {
      const folds = good(request)
      request.targets[0] = -1
      return folds
    }),
    says: /must not change the rows/,
  },
  'refuses data that is too small with RONDO_SPLIT_INVALID': [
    {
      subject: stateless((request) => [lastFifth(request, request.horizon)]),
      says: /must refuse data that is too small/,
    },
    {
      subject: stateless((request) => {
        if (request.targets.length < 10) throw new TypeError('x is undefined')
        return good(request)
      }),
      says: /with RONDO_SPLIT_INVALID.*x is undefined/,
    },
  ],
  'has JSON for options': { subject: plugin(() => good, { options: notJson }), says: /Options must be JSON/ },
})
