import { describe, expect, test } from 'vitest'
import { describeData } from '../src/index.ts'
import { BIRTHS, cut, load, WEATHER } from './files.ts'

/** Mean absolute errors of the baselines on the test rows, one day ahead, with a window of 28 days. */
async function testErrors(calendar: boolean): Promise<{ readonly [name: string]: number }> {
  const dataset = await load(BIRTHS, { target: 'births', calendar })
  const { view, fold } = dataset.evaluation()
  const scores = dataset.baselines(view, fold(28), 28)
  return Object.fromEntries(scores.map(({ name, metrics }) => [name, metrics.mae!]))
}

describe('US births 2000–2014, one day ahead, the last 15 % as test rows', () => {
  test('naive forecasts and ridge on 28 days have the published errors', async () => {
    const errors = await testErrors(false)
    expect(errors.naive).toBeCloseTo(1683, -0.5)
    expect(errors['seasonal naive (7)']).toBeCloseTo(476, -0.5)
    expect(errors['seasonal naive (364)']).toBeCloseTo(380, -0.5)
    expect(errors.ridge).toBeCloseTo(413, -0.5)
  })

  test('the calendar of the day to predict brings ridge to 361', async () => {
    expect((await testErrors(true)).ridge).toBeCloseTo(361, -0.5)
  })

  test('the data is described as it was found', async () => {
    const dataset = await load(BIRTHS, { target: 'births' })
    expect(dataset.description).toMatchObject({
      name: 'births.csv',
      task: 'forecast',
      rows: 5479,
      testRows: 822,
      features: ['births'],
      seasons: [7, 364],
      sequential: true,
      horizon: 1,
      outputs: 1,
    })
    // The week says more than the day before; in weather it is the other way round.
    expect(dataset.description.bestLag).toBeGreaterThan(1)
    const weather = (await load(WEATHER, { target: 'temp_max' })).description
    expect(weather.bestLag).toBe(1)
    // 2.2 °C from day to day, 5.8 from the mean.
    expect(weather.naiveShare).toBeCloseTo(0.38, 2)
    const text = describeData(dataset).join('\n')
    expect(text).toContain('5,479 rows; the last 822 rows stay sealed')
    expect(text).toContain('a row is a day')
  })

  test('the hash is of content and options', async () => {
    const hash = async (options: object) =>
      (await load(BIRTHS, { target: 'births', ...options })).description.hash
    expect(await hash({})).toBe(await hash({}))
    expect(await hash({})).not.toBe(await hash({ horizon: 2 }))
  })
})

describe('Seattle weather', () => {
  test('tomorrow’s temperature: numbers and the kind of weather are inputs', async () => {
    const dataset = await load(WEATHER, { target: 'temp_max', calendar: ['dayOfYear'] })
    expect(dataset.description.features).toEqual([
      'precipitation',
      'temp_max',
      'temp_min',
      'wind',
      ...['drizzle', 'fog', 'rain', 'snow', 'sun'].map((kind) => `weather=${kind}`),
      'dayOfYear sin',
      'dayOfYear cos',
    ])
    const view = dataset.development()
    const scores = dataset.baselines(view, cut(view.targets(14).targets), 14)
    const mae = (name: string) => scores.find((score) => score.name === name)!.metrics.mae!
    expect(mae('ridge')).toBeLessThan(mae('naive'))
  })

  test('tomorrow’s kind of weather is a classification, and logistic regression beats the majority', async () => {
    const dataset = await load(WEATHER, { target: 'weather' })
    expect(dataset.description).toMatchObject({ task: 'classify', outputs: 5 })
    const view = dataset.development()
    const scores = dataset.baselines(view, cut(view.targets(7).targets), 7)
    const accuracy = (name: string) => scores.find((score) => score.name === name)!.metrics.accuracy!
    expect(scores.map(({ name }) => name)).toEqual(['majority', 'last value', 'logistic'])
    expect(accuracy('logistic')).toBeGreaterThan(accuracy('majority') + 0.1)
  })
})
