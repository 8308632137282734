/** The characters that may separate fields, the likeliest first. */
export const SEPARATORS = [',', ';', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

/** The separator that stands most often in the first line outside quotes; a comma where there is none. */
export function detectSeparator(text: string): Separator {
  const counts = new Map<string, number>()
  let quoted = false
  // A quote within a field that did not begin with one is a character like others.
  let mayQuote = true
  for (const character of text) {
    if (character === '"' && mayQuote) quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') break
    else {
      counts.set(character, (counts.get(character) ?? 0) + 1)
      mayQuote = (SEPARATORS as readonly string[]).includes(character)
    }
  }
  return SEPARATORS.reduce((best, candidate) =>
    (counts.get(candidate) ?? 0) > (counts.get(best) ?? 0) ? candidate : best,
  )
}
