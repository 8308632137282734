import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileStep, KernelError, type Network, type Recipe, standaloneHost } from '../src/index.ts'
import { requireExports } from '../src/module.ts'
import { makeCase } from './support/case.ts'

test('space in use never overlaps, and freed space is used again', async () => {
  const host = await standaloneHost()
  const script = fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 300_000 }), free: fc.nat(9) }), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(script, (actions) => {
      const live: { at: number; bytes: number }[] = []
      for (const { bytes, free } of actions) {
        const at = host.allocate(bytes)
        expect(at % 16).toBe(0)
        expect(at).toBeGreaterThan(1024)
        expect(at + bytes).toBeLessThanOrEqual(host.memory.buffer.byteLength)
        for (const other of live) {
          expect(at + bytes <= other.at || other.at + other.bytes <= at).toBe(true)
        }
        live.push({ at, bytes })
        const gone = live[free]
        if (gone) {
          host.free(gone.at)
          live.splice(free, 1)
        }
      }
      for (const { at } of live) host.free(at)
    }),
    { seed: 5 },
  )
  const bytes = host.memory.buffer.byteLength
  const whole = bytes - 65_536
  for (let n = 0; n < 10; n++) host.free(host.allocate(whole))
  expect(host.memory.buffer.byteLength).toBe(bytes)
})

const network: Network = {
  steps: 4,
  features: 2,
  layers: [
    { kind: 'lstm', units: 3 },
    { kind: 'dense', units: 1 },
  ],
}
const recipe: Recipe = { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 1e-3 }

test('a model too large for the memory is an error that says so, and takes nothing', async () => {
  const host = await standaloneHost()
  const huge: Network = { ...network, layers: [{ kind: 'lstm', units: 20_000 }, ...network.layers.slice(1)] }
  const before = host.memory.buffer.byteLength
  expect(() => compileStep(huge, recipe, host, { batchSize: 1024 })).toThrow(
    expect.objectContaining({ code: 'RONDO_KERNEL_MEMORY' }),
  )
  expect(host.memory.buffer.byteLength).toBe(before)
  compileStep(network, recipe, host, { batchSize: 8 }).dispose()
})

test('rows outside the data are named, not read', async () => {
  const { step, starts, targets } = await makeCase(network, recipe, { batch: 3 })
  const refused = (...args: Parameters<typeof step.train>) => {
    try {
      step.train(...args)
    } catch (error) {
      if (error instanceof KernelError) return `${error.code} ${error.field} ${error.value}`
    }
    return 'accepted'
  }
  const rows = 4 + 3 * 3
  expect(refused(Int32Array.of(0, rows - 3), Int32Array.of(0, 0), 0)).toBe(
    `RONDO_KERNEL_INVALID starts ${rows - 3}`,
  )
  expect(refused(Int32Array.of(-1), Int32Array.of(0), 0)).toBe('RONDO_KERNEL_INVALID starts -1')
  expect(
    refused(
      starts,
      targets.map(() => rows),
      0,
    ),
  ).toBe(`RONDO_KERNEL_INVALID targets ${rows}`)
  expect(refused(starts, targets.subarray(1), 0)).toBe('RONDO_KERNEL_INVALID targets 2')
  expect(refused(new Int32Array(4), new Int32Array(4), 0)).toBe('RONDO_KERNEL_INVALID starts 4')
  expect(refused(starts, targets, 0)).toBe('accepted')
})

test('the checked build traps outside what was handed out', async () => {
  const host = await standaloneHost({ build: 'checked' })
  const at = host.allocate(64)
  host.mark?.(at, 64, true)
  expect(() => host.kernels.zero(at, 16)).not.toThrow()
  expect(() => host.kernels.zero(at, 17)).toThrow(WebAssembly.RuntimeError)
  host.mark?.(at, 64, false)
  expect(() => host.kernels.zero(at, 1)).toThrow(WebAssembly.RuntimeError)
})

test('sizes and rates that are none are refused with their place', async () => {
  const host = await standaloneHost()
  const field = (change: Partial<Network>, how: Partial<Recipe> = {}) => {
    try {
      compileStep({ ...network, ...change }, { ...recipe, ...how }, host, { batchSize: 2 })
    } catch (error) {
      return (error as KernelError).field
    }
    return undefined
  }
  expect(field({ steps: 0 })).toBe('steps')
  expect(field({ layers: [{ kind: 'lstm', units: 1.5 }, ...network.layers.slice(1)] })).toBe(
    'layers[0].units',
  )
  expect(field({ layers: [{ kind: 'dropout', rate: 1 }, ...network.layers] })).toBe('layers[0].rate')
  expect(field({}, { clipNorm: 0 })).toBe('clipNorm')
  expect(field({}, { loss: { name: 'pinball', quantiles: [0.1, 0.9] } })).toBe('loss.quantiles')
})

test('kernels compiled from older sources are refused with what mends it', async () => {
  const empty = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
  expect(() => requireExports(empty, 'simd')).toThrow(
    expect.objectContaining({
      code: 'RONDO_KERNEL_UNAVAILABLE',
      message: expect.stringContaining('widen'),
      remedy: expect.stringContaining('npm run prepare'),
    }),
  )
})
