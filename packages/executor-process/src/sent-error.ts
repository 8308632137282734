import { asRondoError, type ErrorCode, RondoError } from '@rondo/core'
import type { SentError } from './messages.ts'

/** An error on its way to another process; one that is not coded is wrapped under `code`. The stack is its cause's. */
export function sendError(error: unknown, code: ErrorCode): SentError {
  const coded = asRondoError(error, code)
  const { stack } = coded.cause instanceof Error ? coded.cause : coded
  return { error: coded.toJSON(), ...(stack === undefined ? {} : { stack }) }
}

/** The inverse of {@link sendError}. The stack is the one of the other process, where the fault is. */
export function receiveError({ error, stack }: SentError): RondoError {
  const received = RondoError.fromJSON(error)
  if (stack !== undefined) received.stack = stack
  return received
}
