import { detectSeparator } from './separator.ts'

/** Where bytes are that are no UTF-8. */
export interface BadByte {
  /** Lines before its own, of the bytes looked at. */
  readonly lines: number
  /** Its field in the line, from 0. */
  readonly field: number
  /** As in `0xE9`. */
  readonly byte: string
}

const NEWLINE = 10
const RETURN = 13

/**
 * The first byte of a piece of a file that no UTF-8 text has there; `undefined` where there is none. The piece may begin
 * in the midst of a character.
 *
 * @param header The first line of the file.
 */
export function findBadByte(bytes: Uint8Array, header: string): BadByte | undefined {
  const end = bytes.includes(NEWLINE) ? NEWLINE : RETURN
  let from = bytes.findIndex((byte) => byte >> 6 !== 0b10)
  for (let lines = 0; from >= 0 && from < bytes.length; lines++) {
    const next = bytes.indexOf(end, from)
    const line = bytes.subarray(from, next === -1 ? bytes.length : next)
    // Only the end of the piece may cut a character in two.
    const good = goodBytes(line, next === -1)
    if (good < line.length) {
      const before = new TextDecoder().decode(line.subarray(0, good))
      const byte = `0x${line[good]!.toString(16).toUpperCase().padStart(2, '0')}`
      return { lines, field: fieldsIn(before, detectSeparator(header)) - 1, byte }
    }
    if (next === -1) return undefined
    from = next + 1
  }
  return undefined
}

/** How many bytes from the beginning are characters of UTF-8; `mayEndMidway`: the last one may be unfinished. */
function goodBytes(line: Uint8Array, mayEndMidway: boolean): number {
  const isGood = (bytes: Uint8Array, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream })
      return true
    } catch {
      return false
    }
  }
  if (isGood(line, mayEndMidway)) return line.length
  let good = 0
  for (let bad = line.length; bad - good > 1; ) {
    const middle = (good + bad) >> 1
    if (isGood(line.subarray(0, middle), true)) good = middle
    else bad = middle
  }
  // The bytes of a character that was begun and not finished stood before the one that shows it.
  while (good > 0 && line[good - 1]! >= 0xc0) good--
  return good
}

/** Fields that have begun in the text, separators within quotes left out. */
function fieldsIn(text: string, separator: string): number {
  let fields = 1
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === separator) fields++
  }
  return fields
}
