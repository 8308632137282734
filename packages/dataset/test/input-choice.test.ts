import { describe, expect, test } from 'vitest'
import { cut, daily, errorOf, file, load } from './files.ts'

const content = daily(240, {
  y: (day) => day + (day % 7),
  a: (day) => (day * 37) % 11,
  b: (day) => (day * 53) % 13,
})
const options = {
  target: 'y',
  features: { small: ['y'], large: ['y', 'a', 'b'] },
  lags: [2, 7, 21],
  scale: 'none' as const,
}

describe('window, lags, columns and scaling are hyperparameters', () => {
  test('and every trial is scored on the same rows, whatever it chooses', async () => {
    const dataset = await load(file(content), options)
    expect(dataset.hyperparameters).toEqual(['window', 'scale', 'targetTransform', 'features', 'lags'])
    const view = dataset.development()
    const { targets } = view.targets(20)
    // The largest window, whose first row tells of the value 20 rows before it.
    expect(targets[0]).toBe(20 + 20)
    const fold = cut(targets)
    const actual: string[] = []
    for (const window of [3, 20]) {
      for (const lags of ['none', 'all', '7', '2+21']) {
        for (const features of ['small', 'large']) {
          for (const scale of ['none', 'robust']) {
            const prepared = view.prepare(fold, { window, lags, features, scale })
            expect(prepared.window).toBe(window)
            const count = { none: 0, all: 3, '7': 1, '2+21': 2 }[lags]! + (features === 'small' ? 1 : 3)
            expect(prepared.features).toBe(count)
            expect(prepared.trainTargets).toEqual(fold.train)
            actual.push([...prepared.validationTargets].join())
          }
        }
      }
    }
    expect(new Set(actual).size).toBe(1)
  })

  test('a lag is the target so many rows before the row to predict next', async () => {
    const view = (await load(file(content), { ...options, features: ['y'] })).development()
    const { series, features, validationStarts, validationTargets } = view.prepare(
      cut(view.targets(5).targets),
      { window: 5 },
    )
    const valueAt = (day: number) => day + (day % 7)
    for (const [i, target] of validationTargets.entries()) {
      const last = (validationStarts[i]! + 4) * features
      expect([...series.subarray(last, last + 4)]).toEqual([
        valueAt(target - 1),
        ...[2, 7, 21].map((lag) => valueAt(target - lag)),
      ])
    }
  })

  test('a choice that does not exist is refused by name', async () => {
    const view = (await load(file(content), options)).development()
    const fold = cut(view.targets(5).targets)
    for (const params of [{ lags: '3' }, { lags: '7+' }, { features: 'huge' }, { scaleBy: 'row' }]) {
      const [param] = Object.keys(params)
      expect(() => view.prepare(fold, params)).toThrow(
        expect.objectContaining({ code: 'RONDO_PARAMS_INVALID', place: { param } }),
      )
    }
  })

  test('lags of classes make no sense', async () => {
    const path = file(daily(100, { y: (day) => ['no', 'yes'][day % 2]!, a: (day) => day % 9 }))
    expect(await errorOf(load(path, { target: 'y', lags: [7] }))).toMatchObject({
      code: 'RONDO_TASK_MISMATCH',
    })
  })
})
