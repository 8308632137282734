import type { KernelHost } from './host.ts'
import type { Kernels } from './kernels.ts'
import { fusesMultiplyAdd } from './relaxed.ts'
import { trialDigest } from './trial-digest.ts'
import { isStartedWith } from './v8-flags.ts'

/** As much of `node:v8` as is used. */
interface V8 {
  setFlagsFromString(flags: string): void
}

/**
 * V8's pass that packs two operations on 128 bits into one on 256, and what makes it compile at once, so that the pass
 * is on for this module only: with the optimising compiler, and whole.
 */
const NEEDED: readonly Flag[] = [
  { name: 'experimental-wasm-revectorize', on: true, byDefault: false },
  { name: 'liftoff', on: false, byDefault: true },
  { name: 'wasm-lazy-compilation', on: false, byDefault: true },
]

interface Flag {
  readonly name: string
  /** As this module is compiled. */
  readonly on: boolean
  readonly byDefault: boolean
}

/** A custom section without a name. V8 keeps compiled code by a module's bytes: these shall not be found under others. */
const NAMELESS_SECTION = [0, 1, 0]

/**
 * Compiles a build once more for engines that pack vectors of 128 bits in twos: Node 24 and later on x64 CPUs with AVX2,
 * which came to CPUs together with fused multiply-adds. Every lane computes what it did before, so the results are the
 * same bits. As V8 does not switch the pass on by itself yet, that is tried out each time: a small training must give
 * the same bits in both codes.
 *
 * @param module the build compiled as usual
 * @returns the code, for tiles of two panels, if it gives those bits; undefined elsewhere
 */
export function compileWide(
  bytes: Uint8Array<ArrayBuffer>,
  module: WebAssembly.Module,
): WebAssembly.Module | undefined {
  const node = (globalThis as { readonly process?: NodeJS.Process }).process
  if (node?.arch !== 'x64' || !hasPass(node) || !fusesMultiplyAdd()) return undefined
  const v8 = node.getBuiltinModule?.('node:v8') as V8 | undefined
  if (!v8) return undefined
  const packed = compileWith(v8, node.execArgv, bytes)
  const expected = trialDigest(hostOn(module, false))
  try {
    return trialDigest(hostOn(packed, true)) === expected ? packed : undefined
  } catch {
    // Code that traps is as wrong as code that gives other bits.
    return undefined
  }
}

/** Whether this Node was built with the pass. */
function hasPass({ config }: NodeJS.Process): boolean {
  return (
    (config.variables as { readonly v8_enable_wasm_simd256_revec?: number }).v8_enable_wasm_simd256_revec ===
    1
  )
}

/** Compiles with the flags, and sets them back to what Node was started with: V8 tells nobody what they are. */
function compileWith(
  v8: V8,
  execArgv: readonly string[],
  bytes: Uint8Array<ArrayBuffer>,
): WebAssembly.Module {
  const set = (name: string, on: boolean): void => v8.setFlagsFromString(on ? `--${name}` : `--no-${name}`)
  for (const { name, on } of NEEDED) set(name, on)
  try {
    return new WebAssembly.Module(Uint8Array.of(...bytes, ...NAMELESS_SECTION))
  } finally {
    for (const { name, byDefault } of NEEDED) set(name, isStartedWith(name, execArgv) ?? byDefault)
  }
}

/** A host for a moment: what it hands out is not used again. */
function hostOn(module: WebAssembly.Module, wide: boolean): KernelHost {
  const memory = new WebAssembly.Memory({ initial: 16 })
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels
  kernels.widen(wide ? 1 : 0)
  let next = 4096
  const allocate = (size: number): number => {
    const at = next
    next += Math.ceil(size / 16) * 16
    if (next > memory.buffer.byteLength) memory.grow(Math.ceil((next - memory.buffer.byteLength) / 65_536))
    return at
  }
  return { build: 'simd', wide, memory, kernels, allocate, free: () => {} }
}
