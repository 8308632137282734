const BARS = '▁▂▃▄▅▆▇█'

/** A curve as one line of at most `width` characters, each the mean of the values it stands for; NaN is a gap. */
export function sparkline(values: readonly number[], width: number): string {
  const columns = Math.min(width, values.length)
  const means = Array.from({ length: columns }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / columns),
      Math.floor(((i + 1) * values.length) / columns),
    )
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
  const finite = means.filter(Number.isFinite)
  const low = Math.min(...finite)
  const span = Math.max(...finite) - low
  return means
    .map((value) => {
      if (!Number.isFinite(value)) return ' '
      return BARS[span === 0 ? 0 : Math.round(((value - low) / span) * (BARS.length - 1))]
    })
    .join('')
}
