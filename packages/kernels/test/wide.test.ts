import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Build, type Layer, standaloneHost } from '../src/index.ts'
import { isStartedWith } from '../src/v8-flags.ts'
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

test.each([
  { flags: [], compiler: 'baseline' },
  { flags: ['--no-liftoff'], compiler: 'optimising' },
  { flags: ['--no-liftoff', '--liftoff'], compiler: 'baseline' },
])('code of others is compiled as Node was started to: $flags', async ({ flags, compiler }) => {
  const program = fileURLToPath(new URL('support/print-compiler.ts', import.meta.url))
  const node = ['--conditions=rondo-source', '--allow-natives-syntax', ...flags]
  const { stdout } = await promisify(execFile)(process.execPath, [...node, program])
  expect(stdout).toBe(`${compiler}\n`)
})

test('flags of V8 are known however they are written, and only they', () => {
  for (const off of ['--no-wasm-lazy-compilation', '--nowasm-lazy-compilation', '--no_wasm_lazy_compilation'])
    expect(isStartedWith('wasm-lazy-compilation', ['--wasm-lazy-compilation', off])).toBe(false)
  expect(isStartedWith('liftoff', ['--no-liftoff', '--liftoff'])).toBe(true)
  expect(isStartedWith('liftoff', ['--liftoff-only', '--require', 'liftoff'])).toBe(undefined)
})
