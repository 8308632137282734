import type { Json } from '@rondo/core'

/** The numbers that JSON has no words for. */
const UNWRITABLE: { readonly [text: string]: number } = {
  '#NaN': Number.NaN,
  '#Infinity': Number.POSITIVE_INFINITY,
  '#-Infinity': Number.NEGATIVE_INFINITY,
}

/** JSON as a file, indented. NaN and infinities, which a diverged trial's metrics hold, are written as texts. */
export function encodeJson(value: unknown): Uint8Array {
  const text = JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === 'number' && !Number.isFinite(part) ? `#${part}` : part),
    2,
  )
  return new TextEncoder().encode(`${text}\n`)
}

/** The inverse of {@link encodeJson}. */
export function decodeJson(bytes: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(bytes), (_key, part: unknown) =>
    typeof part === 'string' && part in UNWRITABLE ? UNWRITABLE[part] : part,
  ) as Json
}
