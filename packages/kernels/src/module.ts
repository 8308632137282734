import { KernelError } from './errors.ts'
import { KERNEL_NAMES, type Kernels } from './kernels.ts'
import { hasRelaxedSimd } from './relaxed.ts'
import { compileWide } from './wide.ts'

/**
 * `fast` uses relaxed SIMD where the engine has it: a multiply-add is fused where the CPU can, and results differ in
 * the last bits between CPUs. `portable` gives the same bits on every CPU.
 */
export type Numerics = 'fast' | 'portable'

/** A build of the kernels. `checked` looks up every access to memory, for tests. */
export type Build = 'simd' | 'relaxed' | 'checked'

/** A build, compiled. */
export interface CompiledBuild {
  readonly build: Build
  readonly module: WebAssembly.Module
  /** Whether tiles of two panels pay in this code: see `compileWide`. */
  readonly wide: boolean
}

const compiled = new Map<Build, Promise<CompiledBuild>>()

async function bytesOf(build: Build): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`../wasm/${build}.wasm`, import.meta.url)
  if (url.protocol !== 'file:') return new Uint8Array(await (await fetch(url)).arrayBuffer())
  const { readFile } = await import('node:fs/promises')
  return new Uint8Array(await readFile(url))
}

async function compile(build: Build): Promise<CompiledBuild> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = await bytesOf(build)
  } catch (error) {
    throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
      message: `The compiled kernels ${build}.wasm could not be read: ${error instanceof Error ? error.message : error}.`,
      value: build,
      remedy: 'In a checkout, run `npm run prepare`; else install @rondo/kernels again.',
    })
  }
  if (!WebAssembly.validate(bytes)) {
    throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
      message: `This engine does not run the ${build} build of the kernels.`,
      value: build,
      remedy: build === 'relaxed' ? 'Use numerics: portable.' : 'Use an engine with WebAssembly SIMD.',
    })
  }
  const module = await WebAssembly.compile(bytes)
  requireExports(module, build)
  // The checked build is for finding errors, at any speed.
  const wide = build === 'checked' ? undefined : compileWide(bytes, module)
  return { build, module: wide ?? module, wide: wide !== undefined }
}

/** A checkout that has moved on keeps what was compiled before. @throws RONDO_KERNEL_UNAVAILABLE */
export function requireExports(module: WebAssembly.Module, build: Build): void {
  const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name))
  const missing = Object.keys(KERNEL_NAMES).filter((name) => !exported.has(name))
  if (missing.length === 0) return
  throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
    message: `The compiled kernels ${build}.wasm are older than their sources: ${missing.join(', ')} is missing.`,
    value: build,
    remedy: 'In a checkout, run `npm run prepare`; else install @rondo/kernels again.',
  })
}

/** A build, compiled once in a process. @throws RONDO_KERNEL_UNAVAILABLE */
export function loadBuild(build: Build): Promise<CompiledBuild> {
  let loaded = compiled.get(build)
  if (!loaded) {
    loaded = compile(build)
    compiled.set(build, loaded)
    loaded.catch(() => compiled.delete(build))
  }
  return loaded
}

/** Puts the kernels over a memory. */
export function instantiate({ module, wide }: CompiledBuild, memory: WebAssembly.Memory): Kernels {
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels
  kernels.widen(wide ? 1 : 0)
  return kernels
}

/** The build that serves these numerics on this engine. */
export function buildFor(numerics: Numerics): Build {
  return numerics === 'fast' && hasRelaxedSimd() ? 'relaxed' : 'simd'
}
