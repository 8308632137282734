import type { KernelHost } from './host.ts'
import type { Address } from './kernels.ts'

/** A stretch of the arena; it has an address once the arena is made. */
export interface Buffer {
  readonly at: Address
}

/** Bytes left unused around every buffer, so that the checked build finds whatever oversteps one. */
const GUARD = 64

/**
 * All working memory of one training step as one allocation: first every buffer is asked for, then `make` gets the
 * space, zeroed, at once.
 */
export interface Arena {
  /** `count` 32-bit values, aligned to 16 bytes. */
  floats(count: number): Buffer
  make(): void
  /** Takes space of somebody else's instead, `bytes` long, as it is. */
  place(at: Address): void
  readonly bytes: number
  dispose(): void
}

export function planArena(host: KernelHost): Arena {
  const guard = host.build === 'checked' ? GUARD : 0
  const buffers: { at: Address; readonly offset: number; readonly bytes: number }[] = []
  let bytes = guard
  let base: Address = 0
  const place = (at: Address) => {
    for (const buffer of buffers) buffer.at = at + buffer.offset
  }
  return {
    floats(count) {
      // In the checked build a buffer ends where it ends: tails are not rounded up to vectors.
      const buffer = { at: 0, offset: bytes, bytes: count * 4 }
      buffers.push(buffer)
      bytes += Math.ceil((count * 4) / 16) * 16 + guard
      return buffer
    },
    make() {
      base = host.allocate(bytes)
      place(base)
      new Uint8Array(host.memory.buffer, base, bytes).fill(0)
      for (const buffer of buffers) host.mark?.(buffer.at, buffer.bytes, true)
    },
    place,
    get bytes() {
      return bytes
    },
    dispose() {
      host.mark?.(base, bytes, false)
      host.free(base)
      base = 0
    },
  }
}

/** One buffer that layers take turns in, as long as the longest asked for; `settle` once all have asked. */
export function sharedBuffer(arena: Arena) {
  let length = 0
  let buffer: Buffer | undefined
  const proxy = {
    get at() {
      return (buffer as Buffer).at
    },
  }
  return {
    ask(wanted: number): Buffer {
      length = Math.max(length, wanted)
      return proxy
    },
    settle() {
      buffer = arena.floats(length)
    },
  }
}
