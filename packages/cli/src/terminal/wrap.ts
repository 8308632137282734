import { asTyped } from './as-typed.ts'

/** Up to so many characters, code between backticks stays on one line. */
const LONGEST_CODE = 60

/**
 * Breaks a text at spaces into lines of at most `width` characters. A word longer than that stays whole, so that paths
 * can be copied, and so does a command between backticks where it fits on a line. Commands are broken as people here type
 * them, which may be longer than `rondo`.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const paragraph of asTyped(text).split('\n')) {
    let line = ''
    for (const word of parts(paragraph, Math.min(width, LONGEST_CODE))) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

/** The parts of a line that stay whole: words, and code with spaces where it is no longer than `longest`. */
function parts(line: string, longest: number): readonly string[] {
  const words = line.split(' ')
  const found: string[] = []
  for (let i = 0; i < words.length; ) {
    const end = opensCode(words[i]!) ? words.findIndex((word, j) => j > i && opensCode(word)) : i
    const code = words.slice(i, end + 1).join(' ')
    const whole = end > i && code.length <= longest
    found.push(whole ? code : words[i]!)
    i = whole ? end + 1 : i + 1
  }
  return found
}

/** Whether a word has the beginning or the end of code, but not both. */
const opensCode = (word: string): boolean => word.split('`').length % 2 === 0

/** A text with a label before its first line and the other lines below it. */
export function labelled(label: string, text: string, labelWidth: number, width: number): string {
  const indent = ' '.repeat(labelWidth)
  return wrap(text, Math.max(20, width - labelWidth))
    .map((line, i) => (i === 0 ? label.padEnd(labelWidth) : indent) + line)
    .join('\n')
}
