import type { RandomAddress, Rng } from './rng.ts'

/** The generator that belongs to an address; the same address gives the same numbers everywhere. */
export function deriveRng(address: RandomAddress): Rng {
  const { seed, trial = -1, fold = -1, purpose, step = -1 } = address
  return sfc32(hash128(`${seed}/${trial}/${fold}/${step}/${purpose}`))
}

/** A 32-bit seed that belongs to an address, for generators that take nothing larger. */
export function deriveSeed(address: RandomAddress): number {
  return deriveRng(address).uint32()
}

/**
 * 128 bits of a text: four chains of the MurmurHash3 mixing step (Appleby, 2011), each from a start of its own,
 * stirred into each other at the end.
 */
function hash128(text: string): readonly [number, number, number, number] {
  const h = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef])
  const k = new Uint32Array([0xcc9e2d51, 0x1b873593, 0x85ebca6b, 0xc2b2ae35])
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    for (let j = 0; j < 4; j++) {
      const mixed = Math.imul(h[j]! ^ unit, k[j]!)
      h[j] = ((mixed << 13) | (mixed >>> 19)) + h[(j + 1) & 3]!
    }
  }
  for (let round = 0; round < 2; round++) {
    for (let j = 0; j < 4; j++) {
      let x = h[j]! ^ text.length
      x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
      h[j] = (x ^ (x >>> 16)) + h[(j + 1) & 3]!
    }
  }
  return [h[0]!, h[1]!, h[2]!, h[3]!]
}

/** sfc32, the small fast counting generator of PractRand (Doty-Humphrey), seeded with 128 bits. */
function sfc32(state: readonly [number, number, number, number]): Rng {
  let [a, b, c, d] = state
  const uint32 = (): number => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) uint32()
  const uniform = (): number => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000
  const integer = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1))
  // Box and Muller (1958); the second value is dropped so that a draw leaves no hidden state.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const permutation = (n: number): Int32Array => {
    const order = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = integer(0, i)
      const held = order[i]!
      order[i] = order[j]!
      order[j] = held
    }
    return order
  }
  return { uniform, uint32, integer, normal, permutation }
}
