/** Letters, digits and signs that no shell reads as more than themselves; `…` stands for what people fill in. */
const PLAIN = /^[\p{L}\p{N}_@%+=:,./…-]+$/u
/** In Windows a backslash divides folders; PowerShell makes lists at commas, and fills in what follows an `@`. */
const PLAIN_IN_WINDOWS = /^[\p{L}\p{N}_+=:./\\…-]+$/u

/** A word as one types it in a shell: in quotes where the shell would take it apart, or fill in a pattern. */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return PLAIN_IN_WINDOWS.test(word) ? word : inWindows(word)
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Backslashes before a quote would be read as escaping it: they are doubled, and one escapes a quote within. */
const inWindows = (word: string): string =>
  `"${word.replace(/(\\*)("|$)/g, (_, slashes: string, end: string) => slashes + slashes + (end === '"' ? '\\"' : ''))}"`
