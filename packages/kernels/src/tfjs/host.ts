import { KernelError } from '../errors.ts'
import type { HostOptions, KernelHost } from '../host.ts'
import type { Address } from '../kernels.ts'
import { buildFor, type CompiledBuild, instantiate, loadBuild } from '../module.ts'

/** As much of a tfjs tensor as is needed to find its values. */
export interface TensorLike {
  readonly dataId: object
}

/** As much of tfjs's WASM backend as is used here. It is no public interface of tfjs, so all of it is checked. */
interface WasmBackend {
  readonly wasm?: {
    readonly asm?: { readonly memory?: WebAssembly.Memory }
    readonly _malloc?: (bytes: number) => number
    readonly _free?: (address: number) => void
  }
  readonly dataIdMap?: { get(dataId: object): { readonly memoryOffset: number | null } | undefined }
}

/** A host in the memory of tfjs: weights are read and written where tfjs has them. */
export interface TfjsHost extends KernelHost {
  /** Where a tensor's values lie at the moment. @throws RONDO_KERNEL_INVALID for one that is not on this backend */
  addressOf(tensor: TensorLike): Address
}

const ALIGNMENT = 16

/**
 * Puts the kernels into the memory of tfjs's WASM backend: `await tfjsHost(tf.backend())`. All space comes from the
 * backend's own allocator.
 *
 * The optimizer writes into the tensors of the variables. tfjs takes tensors for immutable: a `clone()` of a variable
 * shares its values and changes with them, so what must stay has to be read out (`dataSync`, `snapshot`).
 *
 * @throws RONDO_KERNEL_UNAVAILABLE where the backend is another one, or shows no memory
 */
export async function tfjsHost(backend: object, options: HostOptions = {}): Promise<TfjsHost> {
  const build = options.build ?? buildFor(options.numerics ?? 'fast')
  return hostIn(backend, await loadBuild(build))
}

/** Whether a backend is tfjs's WASM backend with a memory that can be shared. */
export function sharesMemory(backend: object): boolean {
  const { wasm, dataIdMap } = backend as WasmBackend
  return wasm?.asm?.memory instanceof WebAssembly.Memory && !!wasm._malloc && !!wasm._free && !!dataIdMap
}

/** As {@link tfjsHost}, with a build already compiled. */
export function hostIn(backend: object, compiled: CompiledBuild): TfjsHost {
  const { wasm, dataIdMap } = backend as WasmBackend
  const memory = wasm?.asm?.memory
  const { _malloc: malloc, _free: release } = wasm ?? {}
  if (!memory || !malloc || !release || !dataIdMap || !sharesMemory(backend)) {
    throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
      message: 'The tfjs backend in use shows no WebAssembly memory of its own.',
      value: backend.constructor.name,
      remedy:
        'Set the flag WASM_HAS_MULTITHREAD_SUPPORT to false before tf.setBackend("wasm"): the threaded build has no memory to share.',
    })
  }
  const kernels = instantiate(compiled, memory)
  const { build, wide } = compiled
  // The allocator aligns to 8 bytes.
  const origins = new Map<Address, number>()
  return {
    build,
    wide,
    memory,
    kernels,
    allocate(bytes) {
      const origin = malloc(bytes + ALIGNMENT) >>> 0
      if (origin === 0) {
        throw new KernelError('RONDO_KERNEL_MEMORY', {
          message: `tfjs has no room for ${bytes} more bytes: its memory is at ${memory.buffer.byteLength} bytes already.`,
          value: bytes,
          remedy: 'Use a smaller model, batch or window, or dispose of tensors and steps no longer needed.',
        })
      }
      const address = Math.ceil(origin / ALIGNMENT) * ALIGNMENT
      origins.set(address, origin)
      return address
    },
    free(address) {
      const origin = origins.get(address)
      if (origin === undefined) return
      origins.delete(address)
      release(origin)
    },
    addressOf(tensor) {
      const offset = dataIdMap.get(tensor.dataId)?.memoryOffset
      if (offset === undefined || offset === null) {
        throw new KernelError('RONDO_KERNEL_INVALID', {
          message: 'A tensor has no values in the memory of this backend.',
          remedy: 'Make the model after tf.setBackend("wasm"), and use it before it is disposed.',
        })
      }
      return offset >>> 0
    },
  }
}
