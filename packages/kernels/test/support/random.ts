import { philox } from '../../src/index.ts'

/** Numbers evenly spread over −1 … 1, the same for the same seed. */
export function uniform(length: number, seed: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, n) => {
    const [word] = philox([n, 0, 0, 0], [seed, 99])
    return scale * (word / 2 ** 31 - 1)
  })
}
