import { describe, expect, test } from 'vitest'
import {
  applyPreprocess,
  type CsvOptions,
  type Prediction,
  type PredictionInput,
  readTable,
} from '../src/index.ts'
import { cut, daily, dayOf, errorOf, file, load, table } from './files.ts'

async function trained(content: string, options: Partial<CsvOptions>) {
  const all = {
    target: 'y',
    scale: 'none' as const,
    seasons: [],
    strategy: 'recursive' as const,
    horizon: 4,
    ...options,
  }
  const dataset = await load(file(content), all)
  const view = dataset.development()
  return view.prepare(cut(view.targets(3).targets), { window: 3 })
}

/** Predicts every step with a model that computes one output from a window `[steps][features]`. */
function predictAll(first: PredictionInput, model: (window: readonly number[][]) => number) {
  const all: Prediction[] = []
  let input: PredictionInput | undefined = first
  while (input !== undefined) {
    const { series, features, window, starts }: PredictionInput = input
    const outputs: number[] = Array.from(starts, (start) =>
      model(
        Array.from({ length: window }, (_, step) => [
          ...series.subarray((start + step) * features, (start + step + 1) * features),
        ]),
      ),
    )
    all.push(...input.decode(outputs))
    input = input.next?.(outputs)
  }
  return all
}
const fibonacci = (window: readonly number[][]) => window.at(-1)![0]! + window.at(-2)![0]!

describe('a recursive forecast', () => {
  test('is trained one row ahead, and goes on with its own predictions', async () => {
    const prepared = await trained(daily(100, { y: (day) => day % 9 }), {})
    expect(prepared.outputs).toBe(1)
    const rows = [1, 1, 2, 3, 5].map((y, day) => [dayOf(day), y])
    const input = applyPreprocess(prepared.preprocess, await readTable(file(table('date,y', rows))))
    const predicted = predictAll(input, fibonacci)
    expect(predicted.map(({ row, step, time, values }) => [row, step, time, values.y])).toEqual([
      [6, 1, dayOf(5), 8],
      [6, 2, dayOf(6), 13],
      [6, 3, dayOf(7), 21],
      [6, 4, dayOf(8), 34],
    ])
  })

  test('takes differences to what it has predicted', async () => {
    const prepared = await trained(daily(100, { y: (day) => day % 9 }), { targetTransform: 'difference' })
    const rows = [10, 20, 30].map((y, day) => [dayOf(day), y])
    const input = applyPreprocess(prepared.preprocess, await readTable(file(table('date,y', rows))))
    expect(predictAll(input, () => 5).map(({ values }) => values.y)).toEqual([35, 40, 45, 50])
  })

  test('reads lags, the calendar and what is known ahead of each row', async () => {
    const content = daily(100, { y: (day) => day % 9, promo: (day) => day % 4 })
    const { preprocess } = await trained(content, { known: ['promo'], lags: [3], calendar: ['weekday'] })
    const rows = Array.from({ length: 12 }, (_, day) => [dayOf(day), day < 8 ? day * 10 : '', day % 4])
    const input = applyPreprocess(preprocess, await readTable(file(table('date,y,promo', rows))))
    const seen: number[][] = []
    predictAll(input, (window) => {
      seen.push(window.at(-1)!)
      return 1000 + seen.length
    })
    const weekday = (day: number) => new Date(`${dayOf(day)}T00:00Z`).getUTCDay()
    for (const [i, [y, lag, promo, ...calendar]] of seen.entries()) {
      const target = 8 + i
      expect([y, lag, promo]).toEqual([
        i === 0 ? 70 : 1000 + i,
        target - 3 < 8 ? (target - 3) * 10 : 1000 + (target - 3 - 7),
        target % 4,
      ])
      expect(calendar.indexOf(1)).toBe(weekday(target))
    }
    expect(seen).toHaveLength(4)
  })

  test('knows the spread of its first step only', async () => {
    const { preprocess } = await trained(daily(100, { y: (day) => day % 9 }), { quantiles: [0.1, 0.9] })
    let input = applyPreprocess(preprocess, await readTable(file(daily(9, { y: (day) => day }))))
    const spreads = []
    for (;;) {
      const [prediction] = input.decode([7, 8])
      spreads.push(prediction!.quantiles?.y)
      const next = input.next?.([7, 8])
      if (next === undefined) break
      input = next
    }
    expect(spreads).toEqual([{ '0.1': 7, '0.9': 8 }, undefined, undefined, undefined])
  })

  test('keeps several series apart', async () => {
    const panel = (values: (store: number, day: number) => number, days: number) =>
      table(
        'store,date,y',
        [0, 1].flatMap((store) =>
          Array.from({ length: days }, (_, day) => [`s${store}`, dayOf(day), values(store, day)]),
        ),
      )
    const { preprocess } = await trained(
      panel((store, day) => store * 50 + (day % 9), 100),
      { id: 'store' },
    )
    const input = applyPreprocess(
      preprocess,
      await readTable(file(panel((store, day) => store * 100 + day, 5))),
    )
    const predicted = predictAll(input, (window) => window.at(-1)![0]! + 1)
    const of = (id: string) =>
      predicted.filter((prediction) => prediction.id === id).map(({ values }) => values.y)
    expect(of('s0')).toEqual([5, 6, 7, 8])
    expect(of('s1')).toEqual([105, 106, 107, 108])
  })

  test('is refused where an input of rows to come is not to be had', async () => {
    const content = daily(100, { y: (day) => day % 9, x: (day) => day % 5 })
    expect(await errorOf(trained(content, {}))).toMatchObject({
      code: 'RONDO_TASK_MISMATCH',
      value: 'x',
      place: { column: 'x', field: 'data.strategy' },
    })
  })
})
