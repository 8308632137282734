import { type KernelHost, type Numerics, standaloneHost } from '@rondo/kernels'

/** Rows, columns and depth of a product whose operands stay in the first-level cache. */
const SHAPE = { rows: 24, panels: 8, depth: 64 }

/**
 * GFLOP/s of the matrix product alone, on operands in cache: what no training step in this module can exceed, taken as
 * the best of many short runs.
 */
export async function peakGflops(numerics: Numerics): Promise<number> {
  const host: KernelHost = await standaloneHost({ numerics })
  const { rows, panels, depth } = SHAPE
  const columns = panels * 8
  const a = host.allocate(rows * depth * 4)
  const b = host.allocate(depth * columns * 4)
  const c = host.allocate(rows * columns * 4)
  const repeats = 200
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 200; run++) {
    const start = performance.now()
    for (let n = 0; n < repeats; n++) {
      host.kernels.multiply(rows, panels, depth, a, depth, b, c, columns, c, columns)
    }
    best = Math.min(best, performance.now() - start)
  }
  return (2 * rows * columns * depth * repeats) / best / 1e6
}
