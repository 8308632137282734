import type { JsonObject } from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { applyPreprocess, readTable } from '../src/index.ts'
import { BIRTHS, cut, daily, dayOf, errorOf, file, load, table, WEATHER } from './files.ts'

const roundTrip = (json: JsonObject) => JSON.parse(JSON.stringify(json)) as JsonObject

describe('preprocess.json is enough to predict', () => {
  test('new rows become the windows that the model was trained on, and outputs the same values', async () => {
    const dataset = await load(WEATHER, { target: 'temp_max', calendar: true, horizon: 3 })
    const { view, fold } = dataset.evaluation()
    const prepared = view.prepare(fold(14), { window: 14, targetTransform: 'difference-7', scale: 'robust' })
    const input = applyPreprocess(roundTrip(prepared.preprocess), await readTable(WEATHER), 'all')
    expect(input.series).toEqual(prepared.series)

    // The windows of the validation samples are among them; the last three have no recorded target any more.
    const own = [...input.starts].flatMap((start, i) =>
      prepared.validationStarts.includes(start) ? [i] : [],
    )
    expect(own).toHaveLength(prepared.validationStarts.length)

    // Decoded with the same outputs, they have the error that the score says.
    const outputs = new Float32Array(input.starts.length * 3).map((_, i) => Math.sin(i))
    const actual = (await readTable(WEATHER)).columns.find(({ name }) => name === 'temp_max')!
    const predicted = input.decode(outputs)
    let sum = 0
    for (const i of own) {
      for (let step = 0; step < 3; step++) {
        const { row, values } = predicted[i * 3 + step]!
        // Row `row` of the file is row − 2 of the column.
        sum += Math.abs(
          (values.temp_max as number) - ('values' in actual ? actual.values[row - 2 + step + 1]! : 0),
        )
      }
    }
    const scored = Float32Array.from(own.flatMap((i) => [...outputs.subarray(i * 3, i * 3 + 3)]))
    expect(sum / own.length / 3).toBeCloseTo(prepared.score(scored).mae!, 6)
  })

  test('the last window predicts the rows that follow the file', async () => {
    const dataset = await load(BIRTHS, { target: 'births', calendar: true, horizon: 2 })
    const view = dataset.development()
    const { preprocess } = view.prepare(cut(view.targets(28).targets), {
      window: 28,
      targetTransform: 'difference-7',
    })
    const input = applyPreprocess(roundTrip(preprocess), await readTable(BIRTHS))
    expect(input.starts).toHaveLength(1)
    const predicted = input.decode([0, 0])
    expect(predicted.map(({ row, step, time }) => ({ row, step, time }))).toEqual([
      { row: 5480, step: 1, time: '2015-01-01' },
      { row: 5480, step: 2, time: '2015-01-02' },
    ])
    const last = preprocess as unknown as { targetScales: { births: { center: number } } }
    // An output of 0 is the mean change to the week before, 2014-12-25 with its 6,749 births.
    expect(predicted[0]!.values.births).toBeCloseTo(6749 + last.targetScales.births.center, 6)
  })

  test('classes come with their probabilities', async () => {
    const dataset = await load(WEATHER, { target: 'weather' })
    const view = dataset.development()
    const { preprocess } = view.prepare(cut(view.targets(5).targets), { window: 5 })
    const [predicted] = applyPreprocess(preprocess, await readTable(WEATHER)).decode([
      0.1, 0.2, 0.4, 0.1, 0.2,
    ])
    expect(predicted).toMatchObject({
      time: '2016-01-01',
      values: { weather: 'rain' },
      probabilities: { drizzle: 0.1, fog: 0.2, rain: 0.4, snow: 0.1, sun: 0.2 },
    })
  })

  test('sequences need no label, and are told apart by their id', async () => {
    const rows = Array.from({ length: 40 }, (_, id) =>
      Array.from({ length: 3 + (id % 3) }, (_, step) => [`s${id}`, step * (id % 2), id % 2]),
    ).flat()
    const view = (await load(file(table('id,x,label', rows)), { target: 'label', id: 'id' })).development()
    const { preprocess } = view.prepare(cut(view.targets(4).targets), { window: 4 })
    const input = applyPreprocess(
      preprocess,
      await readTable(file('id,x\np,0\np,1\nq,0\nq,0\nq,0\nq,1\nq,2\n')),
    )
    expect([...input.lengths!]).toEqual([2, 4])
    expect(input.decode([0.9, 0.2]).map(({ id, values }) => [id, values.label])).toEqual([
      ['p', '1'],
      ['q', '0'],
    ])
  })
})

describe('rows that do not suit the model are refused', () => {
  const trained = async () => {
    const content = daily(150, { y: (day) => day % 9, kind: (day) => ['a', 'b'][day % 2]! })
    const view = (await load(file(content), { target: 'y' })).development()
    return view.prepare(cut(view.targets(10).targets), { window: 10, targetTransform: 'difference-7' })
      .preprocess
  }
  const apply = async (content: string) =>
    errorOf((async () => applyPreprocess(await trained(), await readTable(file(content))))())

  test('too few of them', async () => {
    expect(await apply(daily(9, { y: (day) => day, kind: () => 'a' }))).toMatchObject({
      code: 'RONDO_DATA_TOO_FEW_ROWS',
      value: 9,
    })
  })

  test('a category that was not seen, by its row', async () => {
    const content = daily(20, { y: (day) => day, kind: (day) => (day === 7 ? 'new' : 'a') })
    expect(await apply(content)).toMatchObject({
      code: 'RONDO_DATA_CATEGORY',
      value: 'new',
      place: { row: 9, column: 'kind' },
    })
  })

  test('a column that is missing', async () => {
    expect(await apply(daily(20, { y: (day) => day }))).toMatchObject({
      code: 'RONDO_DATA_COLUMN_MISSING',
      value: 'kind',
    })
  })

  test('a file that is no preprocessing', async () => {
    const read = readTable(file(`date,y\n${dayOf(0)},1\n`))
    const work = read.then((rows) => applyPreprocess({ version: 2 }, rows))
    expect(await errorOf(work)).toMatchObject({ code: 'RONDO_ARTIFACT_DAMAGED' })
  })
})

test('a model that was trained before is scored with its own scaling', async () => {
  const dataset = await load(BIRTHS, { target: 'births' })
  const development = dataset.development()
  const trained = development.prepare(cut(development.targets(28).targets, 0.5), { window: 14 })
  const { view, fold } = dataset.evaluation()
  const own = view.prepare(fold(28), {}, trained.preprocess)
  expect(own.preprocess).toEqual(trained.preprocess)
  expect(own.window).toBe(14)
  expect(view.prepare(fold(28), { window: 14 }).preprocess).not.toEqual(trained.preprocess)
})
