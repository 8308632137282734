import { RondoError } from '@rondo/core'
import { type Numerics, type TfjsHost, tfjsHost } from '@rondo/kernels'
import type { Tf } from './start.ts'

const hosts = new Map<Numerics, Promise<TfjsHost>>()

/**
 * The kernels in the memory of tfjs's backend, once a process: weights are trained where the model has them, and what one
 * trial frees the next one uses.
 *
 * @throws RONDO_BACKEND
 */
export function kernelHost(tf: Tf, numerics: Numerics): Promise<TfjsHost> {
  let host = hosts.get(numerics)
  if (host === undefined) {
    host = tfjsHost(tf.backend(), { numerics }).catch((cause: unknown) => {
      hosts.delete(numerics)
      const { message, remedy } = cause as { readonly message: string; readonly remedy?: string }
      throw new RondoError('RONDO_BACKEND', { message, ...(remedy === undefined ? {} : { remedy }), cause })
    })
    hosts.set(numerics, host)
  }
  return host
}
