import type { JsonObject, PreparedFold } from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { applyPreprocess, readTable } from '../src/index.ts'
import { cut, daily, dayOf, errorOf, file, load, table } from './files.ts'

const days = 200
const promoOn = (day: number) => (day * 7919) % 5 === 0
const columns = {
  y: (day: number) => 10 + (promoOn(day) ? 30 : 0) + Math.sin(day),
  promo: (day: number) => (promoOn(day) ? 1 : 0),
  kind: (day: number) => (promoOn(day) ? 'sale' : 'usual'),
}
const columnAt = ({ series, features }: PreparedFold, row: number, feature: number) =>
  series[row * features + feature]!

describe('what is known ahead', () => {
  test.each([1, 3])('enters each row of a window as it is %i rows later', async (horizon) => {
    const options = { target: 'y', known: ['promo', 'kind'], horizon, scale: 'none' as const, seasons: [] }
    const dataset = await load(file(daily(days, columns)), options)
    expect(dataset.description.features).toEqual([
      'y',
      `promo +${horizon}`,
      `kind +${horizon}=sale`,
      `kind +${horizon}=usual`,
    ])
    const view = dataset.development()
    const prepared = view.prepare(cut(view.targets(5).targets), { window: 5 })
    for (const [i, target] of prepared.validationTargets.entries()) {
      const last = prepared.validationStarts[i]! + 4
      expect(last).toBe(target - horizon)
      for (let row = last - 4; row <= last; row++) {
        const on = promoOn(row + horizon)
        expect([1, 2, 3].map((feature) => columnAt(prepared, row, feature))).toEqual(
          on ? [1, 1, 0] : [0, 0, 1],
        )
      }
    }
  })

  test('lets ridge see tomorrow’s promotion, which it cannot guess', async () => {
    const path = file(daily(days, { ...columns, noise: (day) => (day * 31) % 17 }))
    const ridge = async (known: readonly string[]) => {
      const dataset = await load(path, { target: 'y', features: ['y'], known, seasons: [] })
      const view = dataset.development()
      const scores = dataset.baselines(view, cut(view.targets(3).targets), 3)
      return scores.find(({ name }) => name === 'ridge')!.metrics.mae!
    }
    expect(await ridge(['promo'])).toBeLessThan(1)
    expect(await ridge(['noise'])).toBeGreaterThan(2)
  })

  describe('is given to predict from as rows at the end in which nothing else stands', () => {
    const trained = async (horizon: number) => {
      const dataset = await load(file(daily(days, columns)), {
        target: 'y',
        features: ['y'],
        known: ['promo'],
        horizon,
        scale: 'none',
        seasons: [],
      })
      const view = dataset.development()
      const { preprocess } = view.prepare(cut(view.targets(4).targets), { window: 4 })
      return JSON.parse(JSON.stringify(preprocess)) as JsonObject
    }
    const rows = (count: number, ahead: number) =>
      table('date,y,promo', [
        ...Array.from({ length: count }, (_, day) => [dayOf(day), columns.y(day), columns.promo(day)]),
        ...Array.from({ length: ahead }, (_, i) => [dayOf(count + i), '', columns.promo(count + i)]),
      ])

    test('and the window tells of the rows to predict', async () => {
      const input = applyPreprocess(await trained(2), await readTable(file(rows(12, 2))))
      expect([...input.starts]).toEqual([8])
      const promo = [8, 9, 10, 11].map((row) => input.series[row * input.features + 1])
      expect(promo).toEqual([10, 11, 12, 13].map(columns.promo))
      expect(input.decode([1, 2]).map(({ time, values }) => [time, values.y])).toEqual([
        [dayOf(12), 1],
        [dayOf(13), 2],
      ])
    })

    test('and without them there is nothing to predict: the error says which rows to add', async () => {
      // However many rows there are: it does not go on from an earlier one.
      for (const [count, ahead] of [
        [4, 0],
        [30, 0],
        [30, 1],
      ] as const) {
        const work = async () => applyPreprocess(await trained(2), await readTable(file(rows(count, ahead))))
        const error = await errorOf(work())
        expect(error).toMatchObject({ code: 'RONDO_DATA_TOO_FEW_ROWS' })
        expect(error.message).toContain('promo')
      }
      // Where all rows are asked for, those that have been recorded are what is known ahead.
      const all = applyPreprocess(await trained(2), await readTable(file(rows(30, 0))), 'all')
      expect(all.starts.at(-1)).toBe(30 - 2 - 4)
    })

    test('and one of them that does not tell it is a missing value', async () => {
      const content = rows(12, 2).trimEnd().split('\n')
      const work = async () =>
        applyPreprocess(
          await trained(2),
          await readTable(file(content.with(-1, `${dayOf(13)},,`).join('\n'))),
        )
      expect(await errorOf(work())).toMatchObject({
        code: 'RONDO_DATA_MISSING_VALUE',
        place: { row: 15, column: 'promo' },
      })
    })
  })

  test('is not the target, and not of a row that is there already', async () => {
    const path = file(daily(days, columns))
    for (const options of [
      { target: 'y', known: ['y'] },
      { target: 'y', known: ['promo'], task: 'regress' as const, horizon: 0 },
    ]) {
      expect(await errorOf(load(path, options))).toMatchObject({ code: 'RONDO_TASK_MISMATCH' })
    }
  })
})
