import { RondoError } from '@rondo/core'
import { type KernelHost, type Numerics, standaloneHost } from '@rondo/kernels'

const hosts = new Map<Numerics, Promise<KernelHost>>()

/**
 * The kernels with their memory, once a process: what one trial frees the next one uses.
 *
 * @throws RONDO_BACKEND
 */
export function kernelHost(numerics: Numerics): Promise<KernelHost> {
  let host = hosts.get(numerics)
  if (host === undefined) {
    host = standaloneHost({ numerics }).catch((cause: unknown) => {
      hosts.delete(numerics)
      const { message, remedy } = cause as { readonly message: string; readonly remedy?: string }
      throw new RondoError('RONDO_BACKEND', { message, ...(remedy === undefined ? {} : { remedy }), cause })
    })
    hosts.set(numerics, host)
  }
  return host
}
