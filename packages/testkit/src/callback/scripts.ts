import { maximize, minimize } from '@rondo/core'
import type { Script } from './script.ts'

const epochs = 40
const each = (value: (epoch: number) => number): readonly number[] =>
  Array.from({ length: epochs }, (_, epoch) => value(epoch))

/** Trainings of every kind: they learn, stand still, get worse, jump, and learn late. */
export const scripts: readonly Script[] = [
  { title: 'one that learns', values: each((e) => 1 / (e + 1)) },
  { title: 'one that stands still', values: each(() => 1) },
  { title: 'one that gets worse', values: each((e) => 1 + e) },
  { title: 'one that jumps', values: each((e) => ((e * 7) % 11) / (1 + e / 10)) },
  { title: 'one that learns late', values: each((e) => (e < 12 ? 2 : 2 - e / 20)) },
  { title: 'one that learns, then gets worse', values: each((e) => Math.abs(e - 9)) },
].flatMap(({ title, values }) => [
  { title, values, objective: minimize('val_mae'), updatesPerEpoch: 5 },
  {
    title: `${title}, to be maximised`,
    values: values.map((value) => -value),
    objective: maximize('val_accuracy'),
    updatesPerEpoch: 3,
  },
])

/** Values that no training should come to, and some do. */
export const strangeScripts: readonly Script[] = [
  { title: 'NaN from the first epoch', values: [Number.NaN, Number.NaN, Number.NaN] },
  { title: 'NaN in the midst', values: [3, 2, Number.NaN, 1] },
  { title: 'infinite values', values: [Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY, 0] },
  { title: 'one epoch', values: [1] },
].map((script) => ({ ...script, objective: minimize('val_mae'), updatesPerEpoch: 2, epochs: 40 }))
