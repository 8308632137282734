import { expect, test } from 'vitest'
import type { Build } from '../src/index.ts'
import { CONSTANT_FLOATS } from '../src/kernels.ts'
import { hostOf } from './support/case.ts'

/** Applies an activation of the module to values, whose number must be a multiple of 4. */
async function apply(build: Build, code: number, values: Float32Array): Promise<Float32Array> {
  const host = await hostOf(build)
  const constants = host.allocate(CONSTANT_FLOATS * 4)
  const at = host.allocate(values.byteLength)
  new Float32Array(host.memory.buffer, at, values.length).set(values)
  host.kernels.writeConstants(constants)
  host.kernels.activateAll(code, constants, at, values.length)
  const result = new Float32Array(host.memory.buffer, at, values.length).slice()
  host.free(at)
  host.free(constants)
  return result
}

/** Every order of magnitude on both sides of 0, densest where tanh and σ bend. */
const X = Float32Array.from({ length: 40_000 }, (_, n) => {
  const u = (n - 20_000) / 20_000
  return n % 2 === 0 ? 12 * u : Math.sign(u) * 10 ** (4 * Math.abs(u) - 3)
})

test.each<Build>(['simd', 'relaxed'])('tanh and σ keep to their stated errors, build %s', async (build) => {
  const tanh = await apply(build, 1, X)
  const sigmoid = await apply(build, 2, X)
  let relative = 0
  let absolute = 0
  for (const [n, x] of X.entries()) {
    const t = Math.tanh(x)
    if (x !== 0) relative = Math.max(relative, Math.abs((tanh[n] as number) / t - 1))
    absolute = Math.max(absolute, Math.abs((sigmoid[n] as number) - 1 / (1 + Math.exp(-x))))
  }
  expect(relative).toBeGreaterThan(0)
  expect(relative).toBeLessThan(4e-7)
  expect(absolute).toBeLessThan(2.5e-7)
})

test.each([1, 2, 3, 4])('activation %i gives NaN for NaN and a limit for infinity', async (code) => {
  const [nan, positive, negative] = await apply(
    'relaxed',
    code,
    Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0),
  )
  expect(nan).toBeNaN()
  expect(positive).toBeCloseTo(code === 3 ? Number.POSITIVE_INFINITY : 1, 5)
  expect(negative).toBeCloseTo(code === 1 ? -1 : 0, 5)
})
