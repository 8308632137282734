import { describe, expect, test } from 'vitest'
import { applyPreprocess, readTable } from '../src/index.ts'
import { cut, daily, dayOf, errorOf, file, load, table } from './files.ts'

/** Ten stores of 80 days; each sells ten times as much as the one before. */
const sales = (store: number, day: number) => 10 ** store * (10 + (day % 7) + ((store + day) % 3))
const stores = Array.from({ length: 6 }, (_, store) => store)
const content = table(
  'store,date,sales',
  stores.flatMap((store) =>
    Array.from({ length: 80 }, (_, day) => [`s${store}`, dayOf(day), sales(store, day)]),
  ),
)
const options = { target: 'sales', id: 'store', seasons: [7] }
const spreadsByStore = async (scaleBy: 'all' | 'series') => {
  const view = (await load(file(content), { ...options, scaleBy })).development()
  const { targets, groups } = view.targets(7)
  // The last fifth of each store.
  const isLate = targets.map((row, i) => (row - targets[groups!.indexOf(groups![i]!)]! > 40 ? 1 : 0))
  const fold = {
    train: targets.filter((_, i) => isLate[i] === 0),
    validation: targets.filter((_, i) => isLate[i] === 1),
  }
  const prepared = view.prepare(fold, { window: 7 })
  const group = (row: number) => groups![targets.indexOf(row)]!
  const largest = stores.map((store) =>
    Math.max(
      ...[...fold.train].filter((row) => group(row) === store).map((row) => Math.abs(prepared.targets[row]!)),
    ),
  )
  return { prepared, largest }
}

describe('many series', () => {
  test('scaled each by itself look alike; scaled together the small ones vanish', async () => {
    const each = await spreadsByStore('series')
    for (const size of each.largest) expect(size).toBeGreaterThan(1)
    const together = await spreadsByStore('all')
    // What makes the first store's sales differ is a hundred thousandth of what makes the last one's.
    expect(together.largest[5]! / each.largest[5]!).toBeGreaterThan(0.5)
    expect(together.largest.slice(0, 5).every((size) => size < 1.1 && size > 0.1)).toBe(true)
    const [first] = each.prepared.validationTargets
    expect(each.prepared.targets[first!]).not.toBeCloseTo(together.prepared.targets[first!]!, 2)
  })

  test('are scored in their own units either way', async () => {
    for (const scaleBy of ['all', 'series'] as const) {
      const { prepared } = await spreadsByStore(scaleBy)
      const exact = Float32Array.from(prepared.validationTargets, (row) => prepared.targets[row]!)
      // The last store sells a million a day: 32-bit floats keep seven digits of it.
      expect(prepared.score(exact).mae).toBeLessThan(1)
      expect(prepared.score(exact.map((output) => output + 1)).mae).toBeGreaterThan(10)
    }
  })

  test('are decoded each by its own scale, and one that is new by that of all', async () => {
    const { prepared } = await spreadsByStore('series')
    const rows = ['s0', 's3', 'new'].flatMap((store, i) =>
      Array.from({ length: 7 }, (_, day) => [store, dayOf(day), sales([0, 3, 3][i]!, day)]),
    )
    const input = applyPreprocess(prepared.preprocess, await readTable(file(table('store,date,sales', rows))))
    const values = input.decode([0, 0, 0]).map(({ id, values }) => [id, values.sales as number] as const)
    expect(values.map(([id]) => id)).toEqual(['s0', 's3', 'new'])
    // An output of 0 is the mean: of the store, or of all stores.
    expect(values[0]![1]).toBeGreaterThan(10)
    expect(values[0]![1]).toBeLessThan(18)
    expect(values[1]![1] / values[0]![1]).toBeCloseTo(1000, -2)
    expect(values[2]![1]).toBeGreaterThan(100_000)
  })

  test('are split by id where that is asked for: whole series are test rows', async () => {
    const path = file(content)
    const dataset = await load(path, { ...options, testBy: 'id', test: 0.34 })
    expect(dataset.description.testRows).toBe(160)
    const development = dataset.development().targets(7)
    expect(new Set(development.groups).size).toBe(4)
    const { view, fold } = dataset.evaluation()
    const { train, validation } = fold(7)
    const { groups, targets } = view.targets(7)
    const groupsOf = (rows: Int32Array) => new Set([...rows].map((row) => groups![targets.indexOf(row)]))
    expect(groupsOf(validation).size).toBe(2)
    expect([...groupsOf(train)].filter((group) => groupsOf(validation).has(group))).toEqual([])
    expect(view.prepare(fold(7), { window: 7 }).validationTargets).toHaveLength(2 * 73)
  })

  test('need an id to be split by', async () => {
    const error = await errorOf(load(file(daily(90, { y: (day) => day % 9 })), { target: 'y', testBy: 'id' }))
    expect(error).toMatchObject({ code: 'RONDO_OPTION_INVALID', place: { field: 'data.testBy' } })
  })
})

describe('a target normalised by its window', () => {
  const trending = file200()
  function file200(): string {
    return daily(300, { y: (day) => 1.02 ** day * (100 + 10 * (day % 7)), x: (day) => day % 5 })
  }

  test('looks the same at both ends of a trend', async () => {
    const view = (await load(file(trending), { target: 'y' })).development()
    const fold = cut(view.targets(14).targets)
    const sizes = (targetTransform: string) => {
      const { targets, trainTargets, validationTargets } = view.prepare(fold, { window: 14, targetTransform })
      const mean = (rows: Int32Array) =>
        [...rows].reduce((sum, row) => sum + Math.abs(targets[row]!), 0) / rows.length
      return mean(validationTargets) / mean(trainTargets)
    }
    expect(sizes('window')).toBeCloseTo(1, 0)
    expect(sizes('level')).toBeGreaterThan(5)
  })

  test('stays finite after a window in which nothing happened', async () => {
    const content = daily(200, { y: (day) => (day % 50 < 30 ? 5 : 5 + (day % 50)), x: (day) => day % 5 })
    const view = (await load(file(content), { target: 'y' })).development()
    const prepared = view.prepare(cut(view.targets(14).targets), { window: 14, targetTransform: 'window' })
    expect(prepared.targets.every((value) => Math.abs(value) < 100)).toBe(true)
  })
})

test('a target that was not recorded leaves no hole in what differences are taken to', async () => {
  const rows = Array.from({ length: 200 }, (_, day) => [
    dayOf(day),
    day % 10 === 3 || day < 4 ? '' : day + (day % 7),
    day % 5,
  ])
  const path = file(table('date,y,x', rows))
  for (const targetTransform of ['difference', 'difference-7', 'window', 'level']) {
    const view = (await load(path, { target: 'y', missing: 'ffill', targetTransform })).development()
    const prepared = view.prepare(cut(view.targets(10).targets), { window: 10 })
    expect(prepared.targets.some(Number.isNaN)).toBe(false)
    expect(prepared.series.some(Number.isNaN)).toBe(false)
    const exact = Float32Array.from(prepared.validationTargets, (row) => prepared.targets[row]!)
    expect(prepared.score(exact).mae).toBeLessThan(1e-3)
  }
})
