/** The upper and lower 32 bits of a·b, for unsigned a and b. */
function multiply(a: number, b: number): readonly [high: number, low: number] {
  const product = BigInt(a) * BigInt(b)
  return [Number(product >> 32n), Number(product & 0xffffffffn)]
}

/**
 * Philox4x32-10: four random 32-bit words of a counter and a key (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3").
 */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): readonly [number, number, number, number] {
  let [w0, w1, w2, w3] = counter.map((word) => word >>> 0) as [number, number, number, number]
  let [k0, k1] = key.map((word) => word >>> 0) as [number, number]
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = multiply(w0, 0xd2511f53)
    const [high1, low1] = multiply(w2, 0xcd9e8d57)
    w0 = (high1 ^ w1 ^ k0) >>> 0
    w2 = (high0 ^ w3 ^ k1) >>> 0
    w1 = low1
    w3 = low0
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }
  return [w0, w1, w2, w3]
}
