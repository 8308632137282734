import type { KernelHost } from './host.ts'

/** Rows, panels of 8 columns, and depth of a product whose operands stay in the first-level cache. */
const SHAPE = { rows: 24, panels: 8, depth: 64 }

/** Products in one timed run: about a millisecond. */
const PRODUCTS = 200

/**
 * GFLOP/s of the matrix product alone, on operands in cache: what no training step on this host can exceed. The best of
 * many short runs, as whatever else the machine does makes single ones slower.
 *
 * @param now A clock in milliseconds, with fractions: `() => performance.now()`.
 * @param runs Short runs to take the best of; the first compile the code.
 * @throws RONDO_KERNEL_MEMORY
 */
export function peakGflops(
  { allocate, free, mark, kernels }: KernelHost,
  now: () => number,
  runs = 100,
): number {
  const { rows, panels, depth } = SHAPE
  const columns = panels * 8
  const lengths = [rows * depth, depth * columns, rows * columns].map((floats) => floats * 4)
  const places = lengths.map((bytes) => allocate(bytes))
  const [a, b, c] = places as [number, number, number]
  for (const [n, at] of places.entries()) {
    mark?.(at, lengths[n] as number, true)
    kernels.zero(at, (lengths[n] as number) / 4)
  }
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const start = now()
    for (let n = 0; n < PRODUCTS; n++)
      kernels.multiply(rows, panels, depth, a, depth, b, c, columns, c, columns)
    best = Math.min(best, now() - start)
  }
  for (const [n, at] of places.entries()) {
    mark?.(at, lengths[n] as number, false)
    free(at)
  }
  return (2 * rows * columns * depth * PRODUCTS) / best / 1e6
}
