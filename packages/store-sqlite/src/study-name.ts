import { RondoError } from '@rondo/core'

/** Letters and digits of any script first, so that neither `..` nor a hidden folder is a name. */
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u

/** Names that Windows keeps for devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** File systems take at most 255 bytes; some room is left for what is written aside. */
const LARGEST_BYTES = 200

/** Whether `name` can be the folder of a study on every file system. */
export function isStudyName(name: string): boolean {
  return (
    ALLOWED.test(name) &&
    !DEVICES.test(name) &&
    !/[. ]$/.test(name) &&
    Buffer.byteLength(name, 'utf8') <= LARGEST_BYTES
  )
}

/** @throws RONDO_OPTION_INVALID where `name` cannot be the folder of a study. */
export function requireStudyName(name: string): void {
  if (isStudyName(name)) return
  throw new RondoError('RONDO_OPTION_INVALID', {
    message: `“${name}” cannot be the name of a study.`,
    value: name,
    place: { field: 'study' },
    remedy:
      'Use letters, digits, spaces, “.”, “_” and “-”, beginning with a letter or digit and ending with neither a space ' +
      `nor “.”, at most ${LARGEST_BYTES} bytes.`,
  })
}
