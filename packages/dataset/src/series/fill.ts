/**
 * Fills missing values (NaN) of one series in place from what came before: the last value, or the mean of all before.
 * Returns how many at the beginning had nothing before them and are still missing.
 */
export function fillForward(values: Float64Array, method: 'ffill' | 'mean'): number {
  let leading = 0
  let sum = 0
  let count = 0
  let last = Number.NaN
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) {
      if (count === 0) leading++
      values[i] = method === 'ffill' ? last : count === 0 ? Number.NaN : sum / count
    } else {
      sum += value
      count++
      last = value
    }
  }
  return leading
}

/** The same for categories (−1 is missing): the last one, or the most frequent of all before. */
export function fillCodes(codes: Int32Array, method: 'ffill' | 'mean'): number {
  const counts = new Map<number, number>()
  let leading = 0
  let last = -1
  let mode = -1
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code < 0) {
      if (mode < 0) leading++
      codes[i] = method === 'ffill' ? last : mode
    } else {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (mode < 0 || count > counts.get(mode)!) mode = code
      last = code
    }
  }
  return leading
}
