import type { Size } from './sizes.ts'

/** One way of running updates, ready to be timed. */
export interface Peer {
  /**
   * Runs that many updates, one after the other, to their end.
   *
   * @returns the processor time that they took, ms, where it is not this thread's
   */
  run(updates: number): Promise<number | undefined>
  dispose(): void
}

/** Makes a peer for a size. */
export interface PeerKind {
  readonly name: string
  make(size: Size): Promise<Peer>
}

/** Values within ± 1 without a generator's state: the fractional parts of multiples of the golden ratio. */
export function filler(length: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, n) => scale * (((n * 0.6180339887) % 1) * 2 - 1))
}
