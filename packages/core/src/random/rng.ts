/** A deterministic generator of random numbers. Draws advance it; nothing else does. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number
  /** Uniform among the integers 0 … 2³² − 1. */
  uint32(): number
  /** Uniform among the integers low … high, both included. */
  integer(low: number, high: number): number
  /** Standard normal. */
  normal(): number
  /** A permutation of 0 … n − 1. */
  permutation(n: number): Int32Array
}

/** Where a generator is used. Two addresses that differ in anything give independent streams. */
export interface RandomAddress {
  /** The study's seed. */
  readonly seed: number
  readonly trial?: number
  readonly fold?: number
  /** What the numbers are for: `weights`, `shuffle`, `suggest`, … */
  readonly purpose: string
  /** Epoch or update, where a stream is needed for each. */
  readonly step?: number
}
