/** Everything that can go wrong here that a caller can act on. */
export type KernelErrorCode =
  | 'RONDO_KERNEL_UNCOVERED'
  | 'RONDO_KERNEL_INVALID'
  | 'RONDO_KERNEL_MEMORY'
  | 'RONDO_KERNEL_UNAVAILABLE'

/** What an error says besides its code. */
export interface KernelErrorDetails {
  readonly message: string
  /** The offending value. */
  readonly value?: unknown
  /** Where it stands: `layers[0].units`, say. */
  readonly field?: string
  readonly remedy: string
}

/** An error with a code, the offending value, where it stands and what to do. */
export class KernelError extends Error {
  override readonly name = 'KernelError'
  readonly code: KernelErrorCode
  readonly value: unknown
  readonly field: string | undefined
  readonly remedy: string

  constructor(code: KernelErrorCode, details: KernelErrorDetails) {
    super(details.message)
    this.code = code
    this.value = details.value
    this.field = details.field
    this.remedy = details.remedy
  }
}
