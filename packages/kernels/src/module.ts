import { KernelError } from './errors.ts'

/**
 * `fast` uses relaxed SIMD where the engine has it: a multiply-add is fused where the CPU can, and results differ in
 * the last bits between CPUs. `portable` gives the same bits on every CPU.
 */
export type Numerics = 'fast' | 'portable'

/** A build of the kernels. `checked` looks up every access to memory, for tests. */
export type Build = 'simd' | 'relaxed' | 'checked'

const modules = new Map<Build, Promise<WebAssembly.Module>>()

async function bytesOf(build: Build): Promise<BufferSource> {
  const url = new URL(`../wasm/${build}.wasm`, import.meta.url)
  if (url.protocol !== 'file:') return (await fetch(url)).arrayBuffer()
  const { readFile } = await import('node:fs/promises')
  return new Uint8Array(await readFile(url))
}

async function compile(build: Build): Promise<WebAssembly.Module> {
  let bytes: BufferSource
  try {
    bytes = await bytesOf(build)
  } catch (error) {
    throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
      message: `The compiled kernels ${build}.wasm could not be read: ${error instanceof Error ? error.message : error}.`,
      value: build,
      remedy: 'In a checkout, run the package’s script build:wasm; else install @rondo/kernels again.',
    })
  }
  if (!WebAssembly.validate(bytes)) {
    throw new KernelError('RONDO_KERNEL_UNAVAILABLE', {
      message: `This engine does not run the ${build} build of the kernels.`,
      value: build,
      remedy: build === 'relaxed' ? 'Use numerics: portable.' : 'Use an engine with WebAssembly SIMD.',
    })
  }
  return WebAssembly.compile(bytes)
}

/** The compiled module of a build, compiled once in a process. @throws RONDO_KERNEL_UNAVAILABLE */
export function loadBuild(build: Build): Promise<WebAssembly.Module> {
  let module = modules.get(build)
  if (!module) {
    module = compile(build)
    modules.set(build, module)
    module.catch(() => modules.delete(build))
  }
  return module
}

/** i32.const 0, i32x4.splat. */
const ZEROS = [0x41, 0x00, 0xfd, 0x11]

/**
 * The smallest module that uses `f32x4.relaxed_madd` (0xfd 0x105): what an engine says of it, it says of the relaxed
 * build. One function `() → v128` that multiplies and adds three zeros.
 */
const RELAXED_PROBE = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 19, 1, 17, 0, ...ZEROS, ...ZEROS, ...ZEROS, 0xfd, 0x85, 0x02, 0x0b],
])

/** Whether this engine has relaxed SIMD. Node has it from version 22 on. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(RELAXED_PROBE)
}

/** The build that serves these numerics on this engine. */
export function buildFor(numerics: Numerics): Build {
  return numerics === 'fast' && hasRelaxedSimd() ? 'relaxed' : 'simd'
}
