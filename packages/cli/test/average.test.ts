import { expect, test } from 'vitest'
import { averaged } from '../src/prediction/average.ts'

const at = { row: 9, step: 1 }

test('numbers and bounds are averaged', () => {
  const interval = (lower: number, upper: number) => ({ births: [{ coverage: 0.9, lower, upper }] })
  expect(
    averaged([
      [{ ...at, values: { births: 10 }, intervals: interval(8, 12) }],
      [{ ...at, values: { births: 14 }, intervals: interval(10, 18) }],
    ]),
  ).toEqual([{ ...at, values: { births: 12 }, intervals: interval(9, 15) }])
})

test('of classes the one is taken that most models decide for, the likelier one where they are even', () => {
  const says = (label: string, rain: number) => [
    { ...at, values: { weather: label }, probabilities: { rain, sun: 1 - rain } },
  ]
  expect(averaged([says('rain', 0.3), says('rain', 0.3), says('sun', 0.1)])[0]?.values).toEqual({
    weather: 'rain',
  })
  const [even] = averaged([says('rain', 0.9), says('sun', 0.4)])
  expect(even?.values).toEqual({ weather: 'rain' })
  expect(even?.probabilities?.rain).toBeCloseTo(0.65, 12)
})
