import { type ErrorCode, type Json, RondoError } from '@rondo/core'
import { KernelError } from '@rondo/kernels'

/**
 * Does something with the kernels, whose errors are not of the catalogue: they depend on nothing.
 *
 * @param code What it means that the kernels refuse something; a lack of memory is always RONDO_MODEL_TOO_LARGE.
 */
export function inOurWords<T>(trial: number, code: ErrorCode, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    const { message, remedy, value } = error
    throw new RondoError(error.code === 'RONDO_KERNEL_MEMORY' ? 'RONDO_MODEL_TOO_LARGE' : code, {
      message,
      remedy,
      // Numbers, names or lists of them.
      ...(value === undefined ? {} : { value: value as Json }),
      place: { trial },
      cause: error,
    })
  }
}
