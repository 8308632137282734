import { describe, expect, test } from 'vitest'
import { cut, errorOf, file, load, table } from './files.ts'

/** Sequences of 3 to 8 rows; a rising one is `up`, a falling one `down`. */
const content = table(
  'id,x,label',
  Array.from({ length: 60 }, (_, id) => {
    const up = id % 3 === 0
    return Array.from({ length: 3 + (id % 6) }, (_, step) => [
      `s${id}`,
      (up ? step : -step) + id / 100,
      up ? 'up' : 'down',
    ])
  }).flat(),
)

describe('rows of an id with one label are a sequence', () => {
  test('with one sample each, of which the last row is the target row', async () => {
    const dataset = await load(file(content), { target: 'label', id: 'id' })
    expect(dataset.description).toMatchObject({
      task: 'classify',
      classes: ['down', 'up'],
      outputs: 1,
      features: ['x'],
      sequential: false,
    })
    const view = dataset.development()
    const request = view.targets(8)
    expect(request.sequential).toBe(false)
    expect(new Set(request.groups).size).toBe(request.targets.length)
    expect(request.targets.length).toBeLessThan(60)
  })

  test('also where ids look like dates', async () => {
    const months = content.replace(/^s(\d+)/gm, (_, id: string) => `${1960 + Number(id)}-01`)
    const { description } = await load(file(months), { target: 'label', id: 'id' })
    expect(description).toMatchObject({ sequential: false, features: ['x'] })
  })

  test('shorter ones have zeros behind them, longer ones lose their beginning', async () => {
    const view = (await load(file(content), { target: 'label', id: 'id', scale: 'none' })).development()
    const window = 5
    const prepared = view.prepare(cut(view.targets(window).targets), { window })
    for (const [i, target] of prepared.trainTargets.entries()) {
      const start = prepared.trainStarts[i]!
      const inputs = [...prepared.series.subarray(start, start + window)]
      const length = prepared.lengths![target]!
      expect(inputs).toHaveLength(window)
      expect(inputs.slice(length).every((x) => x === 0)).toBe(true)
      const rising = prepared.targets[target] === 1
      const own = inputs.slice(0, length)
      for (let step = 1; step < own.length; step++)
        expect(own[step]! - own[step - 1]!).toBeCloseTo(rising ? 1 : -1, 4)
    }
  })

  test('those kept as test have both classes in proportion, and are the same every time', async () => {
    const path = file(content)
    const labels = async () => {
      const { view, fold } = (await load(path, { target: 'label', id: 'id', test: 0.2 })).evaluation()
      const { validation } = fold(8)
      const prepared = view.prepare(fold(8), { window: 8 })
      return [...validation].map((row) => prepared.targets[row])
    }
    const [one, other] = [await labels(), await labels()]
    expect(one).toEqual(other)
    expect(one.filter((label) => label === 1)).toHaveLength(4)
    expect(one.filter((label) => label === 0)).toHaveLength(8)
  })

  test('a model that is right scores 1, and logistic regression nearly does', async () => {
    const dataset = await load(file(content), { target: 'label', id: 'id' })
    const view = dataset.development()
    const fold = cut(view.targets(3).targets)
    const prepared = view.prepare(fold, { window: 3 })
    const right = Float32Array.from(prepared.validationTargets, (row) => prepared.targets[row]!)
    expect(prepared.score(right)).toMatchObject({ accuracy: 1, f1: 1, auc: 1, mcc: 1 })
    const scores = dataset.baselines(view, fold, 3)
    expect(scores.map(({ name }) => name)).toEqual(['majority', 'logistic'])
    expect(scores[1]!.metrics.accuracy).toBeGreaterThan(0.9)
  })

  test('weights balance the classes of the train rows and leave the score alone', async () => {
    const path = file(content)
    const prepare = async (classWeights: 'none' | 'balanced') => {
      const view = (await load(path, { target: 'label', id: 'id', classWeights })).development()
      return view.prepare(cut(view.targets(5).targets), { window: 5 })
    }
    const [plain, balanced] = [await prepare('none'), await prepare('balanced')]
    expect(plain.weights).toBeUndefined()
    const total = (label: number) =>
      [...balanced.trainTargets]
        .filter((row) => balanced.targets[row] === label)
        .reduce((sum, row) => sum + balanced.weights![row]!, 0)
    expect(total(0)).toBeCloseTo(total(1), 3)
    expect(total(0) + total(1)).toBeCloseTo(balanced.trainTargets.length, 3)
    const half = new Float32Array(plain.validationTargets.length).fill(0.3)
    expect(balanced.score(half)).toEqual(plain.score(half))
  })
})

test('a number for each sequence is a regression, beside the mean, the median and ridge', async () => {
  const rows = Array.from({ length: 80 }, (_, id) =>
    Array.from({ length: 4 }, (_, step) => [id, Math.sin(id) + step * (id % 5), (id % 5) * 10]),
  ).flat()
  const dataset = await load(file(table('id,x,slope', rows)), { target: 'slope', id: 'id' })
  expect(dataset.description).toMatchObject({ task: 'regress', outputs: 1, features: ['x'], rows: 320 })
  const view = dataset.development()
  const scores = dataset.baselines(view, cut(view.targets(4).targets), 4)
  expect(scores.map(({ name }) => name)).toEqual(['mean', 'median', 'ridge'])
  // The slope is a linear function of the window.
  expect(scores[2]!.metrics.mae).toBeLessThan(0.2)
})

test('a horizon makes no sense for sequences', async () => {
  expect(await errorOf(load(file(content), { target: 'label', id: 'id', horizon: 3 }))).toMatchObject({
    code: 'RONDO_TASK_MISMATCH',
  })
})
