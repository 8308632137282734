import { KernelError } from './errors.ts'
import type { Address, Kernels } from './kernels.ts'
import { type Build, buildFor, instantiate, loadBuild, type Numerics } from './module.ts'

/** A memory with the kernels over it, and how to get space in it. */
export interface KernelHost {
  readonly build: Build
  /** Whether the engine packs two vectors of 128 bits into one of 256; the results are the same bits. */
  readonly wide: boolean
  /** Its buffer changes when it grows: views on it are made anew for each use. */
  readonly memory: WebAssembly.Memory
  readonly kernels: Kernels
  /** Space of that many bytes, aligned to 16. @throws RONDO_KERNEL_MEMORY */
  allocate(bytes: number): Address
  free(address: Address): void
  /** In the checked build: says whether these bytes may be accessed. All others trap. */
  mark?(address: Address, bytes: number, valid: boolean): void
}

export interface HostOptions {
  /** Default `fast`. */
  readonly numerics?: Numerics
  /** Takes one build whatever the numerics; for tests. */
  readonly build?: Build
  /** Lets tiles span two panels, or one, whatever pays here; for tests. */
  readonly wide?: boolean
}

const PAGE = 65_536
/** Address 0 stands for nothing, and compiled code takes offsets below 1024 from an address for granted. */
const FIRST_ADDRESS = 4096
/** The memory of the checked build, all of it there from the start as its map of valid words covers it. */
const CHECKED_BYTES = 64 * 2 ** 20

/**
 * A host on a memory of its own, for use without tfjs. Freed space is used again (first fit, neighbours joined); the
 * memory grows when nothing fits and, as WebAssembly has it, never shrinks.
 *
 * @throws RONDO_KERNEL_UNAVAILABLE
 */
export async function standaloneHost(options: HostOptions = {}): Promise<KernelHost> {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const loaded = await loadBuild(options.build ?? buildFor(options.numerics ?? 'fast'))
  const { build } = loaded
  const wide = options.wide ?? loaded.wide
  const kernels = instantiate({ ...loaded, wide }, memory)
  const used = new Map<Address, number>()
  /** Free stretches by address, no two of them touching. */
  let gaps: { at: Address; bytes: number }[] = [{ at: FIRST_ADDRESS, bytes: PAGE - FIRST_ADDRESS }]

  const release = (at: Address, bytes: number) => {
    gaps.push({ at, bytes })
    gaps.sort((a, b) => a.at - b.at)
    const joined: typeof gaps = []
    for (const gap of gaps) {
      const last = joined.at(-1)
      if (last && last.at + last.bytes === gap.at) last.bytes += gap.bytes
      else joined.push({ ...gap })
    }
    gaps = joined
  }

  const grow = (bytes: number) => {
    const end = memory.buffer.byteLength
    const pages = Math.ceil(bytes / PAGE)
    try {
      memory.grow(pages)
    } catch {
      throw new KernelError('RONDO_KERNEL_MEMORY', {
        message: `No room for ${bytes} more bytes: the kernels’ memory is at ${end} bytes already.`,
        value: bytes,
        remedy: 'Use a smaller model, batch or window, or dispose of steps no longer needed.',
      })
    }
    release(end, pages * PAGE)
  }

  const allocate = (bytes: number): Address => {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16)
    let gap = gaps.find((candidate) => candidate.bytes >= size)
    if (!gap) {
      // What is free at the end already counts: the memory can't be given back, so it grows by what is missing only.
      const last = gaps.at(-1)
      const free = last && last.at + last.bytes === memory.buffer.byteLength ? last.bytes : 0
      grow(size - free)
      gap = gaps.find((candidate) => candidate.bytes >= size) as (typeof gaps)[number]
    }
    const { at } = gap
    gap.at += size
    gap.bytes -= size
    gaps = gaps.filter((candidate) => candidate.bytes > 0)
    used.set(at, size)
    return at
  }

  const free = (address: Address): void => {
    const bytes = used.get(address)
    if (bytes === undefined) return
    used.delete(address)
    release(address, bytes)
  }

  if (build !== 'checked') return { build, wide, memory, kernels, allocate, free }

  const map = allocate(CHECKED_BYTES / 4)
  grow(CHECKED_BYTES - memory.buffer.byteLength)
  new Uint8Array(memory.buffer, map, CHECKED_BYTES / 4).fill(0)
  kernels.watch(map)
  const mark = (address: Address, bytes: number, valid: boolean) => {
    new Uint8Array(memory.buffer, map + address / 4, Math.ceil(bytes / 4)).fill(valid ? 1 : 0)
  }
  return { build, wide, memory, kernels, allocate, free, mark }
}
