import type { RondoError } from '@rondo/core'
import { EXIT, type ExitCode } from '../exit-codes.ts'

/** What the command ends with after an error: a command line that is at fault is told from everything else. */
export function exitCodeOf({ code, place }: RondoError): ExitCode {
  if (code === 'RONDO_USAGE') return EXIT.usage
  const inCommandLine = /^(--|<)/.test(place.field ?? '')
  return inCommandLine && (code === 'RONDO_OPTION_UNKNOWN' || code === 'RONDO_OPTION_INVALID')
    ? EXIT.usage
    : EXIT.error
}
