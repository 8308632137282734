/** Texts that stand for a value that is not there, after trimming. */
const MISSING = new Set(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'NAN', 'null', 'NULL', '-', '?', '#N/A'])
const INFINITE = /^([+-])?(inf|infinity|∞)$/i

export type DecimalMark = '.' | ','

/** Whether a field holds no value. */
export function isMissing(text: string): boolean {
  return MISSING.has(text.trim())
}

/** The number that a field holds: NaN where it is missing, `undefined` where it is no number. */
export function parseNumber(text: string, decimal: DecimalMark): number | undefined {
  const plain = decimal === ',' ? text.replace(',', '.') : text
  const value = Number(plain)
  // Number('') is 0.
  if (value !== 0 && !Number.isNaN(value)) return value
  const trimmed = text.trim()
  if (MISSING.has(trimmed)) return Number.NaN
  if (!Number.isNaN(value)) return value
  const infinite = INFINITE.exec(trimmed)
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity
  return undefined
}

const COMMA_NUMBER = /^\s*[+-]?\d+,\d+([eE][+-]?\d+)?\s*$/
const POINT_NUMBER = /^\s*[+-]?\d*\.\d+([eE][+-]?\d+)?\s*$/

/** The decimal mark of a sample of records; a comma only where some field needs it and none has a point. */
export function detectDecimal(records: readonly (readonly string[])[]): DecimalMark {
  let comma = false
  for (const fields of records) {
    for (const field of fields) {
      if (POINT_NUMBER.test(field)) return '.'
      comma ||= COMMA_NUMBER.test(field)
    }
  }
  return comma ? ',' : '.'
}
