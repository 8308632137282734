import { distance } from 'fastest-levenshtein'

/**
 * The known name that a misspelt one most likely stood for, or `undefined` when none is near:
 * at most a third of its letters, and at least two, may differ (case aside).
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase())
    if (d < least) {
      least = d
      best = candidate
    }
  }
  return best
}

/** ` Did you mean “x”?`, or the empty string. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearestName(name, known)
  return near === undefined ? '' : ` Did you mean “${near}”?`
}
