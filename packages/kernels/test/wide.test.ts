import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Build, type Layer, standaloneHost } from '../src/index.ts'
import { compileWide } from '../src/wide.ts'
import { makeCase } from './support/case.ts'

const BUILDS: readonly Build[] = ['simd', 'relaxed']

describe.each(BUILDS)('tiles of two panels, build %s', (build) => {
  test('give the bits of those of one, whatever the shape', async () => {
    const size = (max: number) => fc.integer({ min: 1, max })
    const shape = fc.record({
      batch: size(15),
      steps: size(4),
      features: size(20),
      units: size(40),
      kind: fc.constantFrom('lstm' as const, 'gru' as const),
      outputs: size(20),
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ batch, steps, features, units, kind, outputs }) => {
        const layers: Layer[] = [
          { kind: 'dense', units: features, activation: 'tanh' },
          { kind, units, recurrentActivation: 'sigmoid', dropout: 0.2 },
          { kind: 'dense', units: outputs },
        ]
        const recipe = { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 0.01 } as const
        const results = []
        for (const wide of [false, true]) {
          const { step, starts, targets } = await makeCase({ steps, features, layers }, recipe, {
            batch,
            build,
            wide,
          })
          step.train(starts, targets, 0)
          results.push([...step.gradients(), step.predict(starts)])
          step.dispose()
        }
        expect(results[1]).toEqual(results[0])
      }),
      { numRuns: 30, seed: 11 },
    )
  })
})

test('code of another compiler is refused where its bits are others', async () => {
  const read = async (build: Build) =>
    new Uint8Array(await readFile(new URL(`../wasm/${build}.wasm`, import.meta.url)))
  // Fused multiply-adds beside rounded ones stand in for a compiler that errs.
  expect(compileWide(await read('relaxed'), await WebAssembly.compile(await read('simd')))).toBe(undefined)
})

test('the checked build, and engines on other CPUs, take tiles of one panel', async () => {
  for (const build of BUILDS) {
    const host = await standaloneHost({ build })
    // On x64 with AVX2 Node packs them; elsewhere the narrow tiles are taken.
    expect(typeof host.wide).toBe('boolean')
    if (process.arch !== 'x64') expect(host.wide).toBe(false)
  }
  expect((await standaloneHost({ build: 'checked' })).wide).toBe(false)
})
