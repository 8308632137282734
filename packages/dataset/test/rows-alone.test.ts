import { describe, expect, test } from 'vitest'
import { applyPreprocess, readTable } from '../src/index.ts'
import { cut, daily, file, load, table } from './files.ts'

/** Rows in the order of their classes, as such files often are. */
const rows = Array.from({ length: 120 }, (_, i) => [i % 7, Math.floor(i / 40) + (i % 3) / 10])
const header = 'a,b,colour'
const colours = ['red', 'green', 'blue']
const content = table(
  header,
  rows.map(([a, b], i) => [a!, b!, colours[Math.floor(i / 40)]!]),
)

describe('rows without a time and an id', () => {
  test('are classified each by itself', async () => {
    const dataset = await load(file(content), { target: 'colour' })
    expect(dataset.description).toMatchObject({
      task: 'classify',
      horizon: 0,
      features: ['a', 'b'],
      sequential: false,
      alone: true,
    })
    expect(dataset.reasons.join()).toContain(
      'each by itself, as there is neither a column of times nor an id',
    )
    const view = dataset.development()
    const request = view.targets(0)
    expect(new Set(request.groups).size).toBe(request.targets.length)
    const prepared = view.prepare(cut(request.targets), { scale: 'none' })
    expect(prepared.window).toBe(1)
    // The last rows are all blue; the test rows are of every colour.
    const { view: all, fold } = dataset.evaluation()
    const { validation } = fold(0)
    expect(validation).toHaveLength(18)
    const { targets } = all.prepare(fold(0), {})
    for (const colour of colours.keys()) {
      expect(validation.filter((row) => targets[3 * row + colour] === 1)).toHaveLength(6)
    }
  })

  test('are predicted each by itself, in their order', async () => {
    const path = file(content)
    const dataset = await load(path, { target: 'colour' })
    const view = dataset.development()
    const { preprocess } = view.prepare(cut(view.targets(0).targets), {})
    const input = applyPreprocess(preprocess, await readTable(path))
    const predicted = input.decode(new Float32Array(3 * input.starts.length))
    expect(predicted.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2))
  })

  test('are numbers of each row, too, where that is asked for', async () => {
    const dataset = await load(file(content), { target: 'b', task: 'regress' })
    expect(dataset.description).toMatchObject({
      alone: true,
      features: ['a', 'colour=blue', 'colour=green', 'colour=red'],
    })
  })

  test.each([
    [{ horizon: 0 }, 0, 'the last row that is seen'],
    [{ horizon: 1 }, 1, 'the next row'],
    [{ window: 5 }, 1, 'the next row'],
  ])('are steps of one series where %j says so', async (options, horizon, said) => {
    const mixed = table(
      header,
      rows.map(([a, b], i) => [a!, b!, colours[i % 3]!]),
    )
    const { description, reasons } = await load(file(mixed), { target: 'colour', ...options })
    expect(description).toMatchObject({ sequential: true, horizon })
    expect(description.alone).toBeUndefined()
    expect(reasons.join('\n')).toMatch(/^rows: taken as steps of one series in the order of the file/m)
    expect(reasons.join('\n')).toContain(said)
  })
})

test('what a class of a series with times is of is said', async () => {
  const path = file(daily(100, { kind: (day) => (day % 3 === 0 ? 'a' : 'b') }))
  const { description, reasons } = await load(path, { target: 'kind' })
  expect(description).toMatchObject({ sequential: true, horizon: 1 })
  expect(reasons.join('\n')).toMatch(/^horizon: 1, kind of the next row; 0 asks for that of the last row/m)
})
