import { deriveRng } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solvePositive } from '../src/baselines/cholesky.ts'
import { cut, daily, file, load } from './files.ts'

test('Cholesky solves every positive definite system', () => {
  const size = fc.integer({ min: 1, max: 6 })
  fc.assert(
    fc.property(size, fc.integer(), (n, seed) => {
      const rng = deriveRng({ seed, purpose: 'matrix' })
      const root = Float64Array.from({ length: n * n }, () => rng.normal())
      const x = Float64Array.from({ length: 2 * n }, () => rng.normal())
      const a = new Float64Array(n * n)
      const b = new Float64Array(2 * n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          for (let k = 0; k < n; k++) a[i * n + j]! += root[i * n + k]! * root[j * n + k]!
          if (i === j) a[i * n + j]! += 1
        }
      }
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) for (let s = 0; s < 2; s++) b[i * 2 + s]! += a[i * n + j]! * x[j * 2 + s]!
      }
      const solved = solvePositive(a, b, n, 2)!
      for (const [i, value] of x.entries()) expect(solved[i]).toBeCloseTo(value, 8)
    }),
  )
})

test('a matrix that is not positive definite has no solution', () => {
  expect(solvePositive(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1), 2, 1)).toBeUndefined()
})

describe('ridge', () => {
  const noise = (seed: number) => {
    const rng = deriveRng({ seed, purpose: 'noise' })
    return () => rng.normal()
  }

  /** yₜ = .6·yₜ₋₁ + .3·yₜ₋₂ + ε, and its error where the coefficients are known: E|ε| = √(2/π). */
  test('finds an autoregression down to its noise, at every step of the horizon', async () => {
    const draw = noise(4)
    const y = [0, 0]
    while (y.length < 3000) y.push(0.6 * y.at(-1)! + 0.3 * y.at(-2)! + draw())
    const dataset = await load(file(daily(3000, { y: (day) => y[day]! })), { target: 'y', seasons: [] })
    const view = dataset.development()
    const scores = dataset.baselines(view, cut(view.targets(5).targets), 5)
    const ridge = scores.find(({ name }) => name === 'ridge')!.metrics.mae!
    expect(ridge / Math.sqrt(2 / Math.PI)).toBeGreaterThan(0.9)
    expect(ridge / Math.sqrt(2 / Math.PI)).toBeLessThan(1.1)
  })

  test('predicts several targets and steps, each from all inputs', async () => {
    // z follows x, which is seen, after one row and after two: both are exact functions of the window.
    const x = Array.from({ length: 400 }, noise(5))
    const dataset = await load(
      file(
        daily(400, {
          x: (day) => x[day]!,
          z: (day) => 3 * (x[day - 2] ?? 0),
          w: (day) => (x[day - 2] ?? 0) - (x[day - 3] ?? 0),
        }),
      ),
      { target: ['z', 'w'], horizon: 2, seasons: [] },
    )
    const view = dataset.development()
    const scores = dataset.baselines(view, cut(view.targets(5).targets), 5)
    expect(scores.find(({ name }) => name === 'ridge')!.metrics.mae).toBeLessThan(0.02)
  })
})

test('seasonal naive forecasts of more steps than a season repeat the last season known', async () => {
  const dataset = await load(file(daily(200, { y: (day) => day % 7 })), { target: 'y', horizon: 20 })
  const view = dataset.development()
  const scores = dataset.baselines(view, cut(view.targets(7).targets), 7)
  expect(scores.find(({ name }) => name === 'seasonal naive (7)')!.metrics.mae).toBe(0)
  expect(scores.find(({ name }) => name === 'naive')!.metrics.mae).toBeGreaterThan(1)
})

test.each(['ffill', 'mean', 'drop'] as const)(
  'where targets are missing (%s) the naive forecasts go by the last value that was recorded',
  async (missing) => {
    const y = (day: number) => (day % 17 === 3 || day === 190 ? '' : day % 7)
    const path = file(daily(200, { y, x: (day) => day % 5 }))
    const dataset = await load(path, { target: 'y', features: ['x'], missing, horizon: 2 })
    const { view, fold } = dataset.evaluation()
    const scores = dataset.baselines(view, fold(7), 7)
    expect(scores.map(({ name }) => name)).toEqual(['naive', 'seasonal naive (7)', 'ridge'])
    const mae = (name: string) => scores.find((score) => score.name === name)!.metrics.mae!
    // Wrong only where the row a week before was not recorded.
    expect(mae('seasonal naive (7)')).toBeGreaterThan(0)
    expect(mae('seasonal naive (7)')).toBeLessThan(0.6)
    expect(mae('naive')).toBeGreaterThan(1)
  },
)

test('a class that was not recorded is the last known one to the baseline that repeats it', async () => {
  const kind = (day: number) => (day % 13 === 5 ? '' : day % 40 < 20 ? 'calm' : 'rough')
  const path = file(daily(200, { kind, x: (day) => day % 5 }))
  const dataset = await load(path, { target: 'kind', features: ['x'], missing: 'ffill', seasons: [] })
  const { view, fold } = dataset.evaluation()
  const scores = dataset.baselines(view, fold(7), 7)
  expect(scores.map(({ name }) => name)).toEqual(['majority', 'last value', 'logistic'])
  expect(scores[1]!.metrics.accuracy).toBeGreaterThan(0.9)
})

test('logistic regression finds the column that a rare class hangs on among many that tell nothing', async () => {
  const rng = deriveRng({ seed: 3, purpose: 'noise' })
  const x = Array.from({ length: 1501 }, () => Array.from({ length: 8 }, () => rng.normal()))
  const columns = Object.fromEntries(
    Array.from({ length: 8 }, (_, c) => [`x${c}`, (day: number) => x[day + 1]![c]!.toFixed(4)]),
  )
  // One row in twelve is rare; what it hangs on is in the row before.
  const y = (day: number) => (x[day]![0]! > 1.4 ? 'rare' : 'usual')
  const dataset = await load(file(daily(1500, { ...columns, y })), { target: 'y', seasons: [] })
  const { view, fold } = dataset.evaluation()
  const scores = dataset.baselines(view, fold(32), 32)
  const logistic = scores.find(({ name }) => name === 'logistic')!
  expect(logistic.metrics.averagePrecision).toBeGreaterThan(0.9)
})
