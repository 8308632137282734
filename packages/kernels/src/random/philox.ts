/** The upper 32 bits of a·b, for unsigned a and b: by halves, whose products and sums a double holds exactly. */
function upperWord(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const cross = aLow * bHigh + (middle % 0x10000)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) | 0
}

/**
 * Philox4x32-10: four random 32-bit words of a counter and a key (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"). It has no state, so any number can be had without those before it.
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): readonly [number, number, number, number] {
  let [w0, w1, w2, w3] = counter
  let [k0, k1] = key
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(w0, 0xd2511f53)
    const low1 = Math.imul(w2, 0xcd9e8d57)
    const high0 = upperWord(w0, 0xd2511f53)
    const high1 = upperWord(w2, 0xcd9e8d57)
    w0 = high1 ^ w1 ^ k0
    w1 = low1
    w2 = high0 ^ w3 ^ k1
    w3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  return [w0 >>> 0, w1 >>> 0, w2 >>> 0, w3 >>> 0]
}
