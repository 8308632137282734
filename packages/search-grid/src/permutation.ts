import { deriveRng } from '@rondo/core'

const ROUNDS = 4

/**
 * A permutation of 0 … length − 1 that is computed for one index at a time: a Feistel network over the next power of 4
 * (Luby and Rackoff, 1988), walked on until it comes back into the range (Black and Rogaway, Ciphers with arbitrary
 * finite domains, 2002; on average less than 4 times).
 *
 * @param key Which permutation; a 32-bit number.
 */
export function permute(index: bigint, length: bigint, key: number): bigint {
  if (length <= 1n) return index
  const halfBits = BigInt(Math.ceil((length - 1n).toString(2).length / 2))
  let at = index
  do at = feistel(at, halfBits, key)
  while (at >= length)
  return at
}

function feistel(value: bigint, halfBits: bigint, key: number): bigint {
  const mask = (1n << halfBits) - 1n
  let left = value >> halfBits
  let right = value & mask
  for (let round = 0; round < ROUNDS; round++) {
    const stirred = left ^ (bitsOf(key, round, right, halfBits) & mask)
    left = right
    right = stirred
  }
  return (left << halfBits) | right
}

/** At least so many bits that depend on key, round and value. */
function bitsOf(key: number, round: number, value: bigint, bits: bigint): bigint {
  const rng = deriveRng({ seed: key, purpose: `grid/${value}`, step: round })
  let drawn = 0n
  for (let have = 0n; have < bits; have += 32n) drawn = (drawn << 32n) | BigInt(rng.uint32())
  return drawn
}
