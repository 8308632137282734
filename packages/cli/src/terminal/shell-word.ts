/** Letters, digits and signs that no shell reads as more than themselves; `…` stands for what people fill in. */
const PLAIN = /^[\p{L}\p{N}_@%+=:,./…-]+$/u
/** In Windows a backslash divides folders. */
const PLAIN_IN_WINDOWS = /^[\p{L}\p{N}_@+=:,./\\…-]+$/u

/** A word as one types it in a shell: in quotes where the shell would take it apart, or fill in a pattern. */
export function shellWord(word: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return PLAIN_IN_WINDOWS.test(word) ? word : `"${word}"`
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
