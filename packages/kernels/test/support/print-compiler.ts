/** Compiles the kernels, then prints which of V8's compilers a module gets that is compiled after them. */
import { standaloneHost } from '../../src/index.ts'

/** `answer () → i32`. */
const MODULE = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7f],
  ...[3, 2, 1, 0],
  ...[7, 10, 1, 6, ...new TextEncoder().encode('answer'), 0, 0],
  ...[10, 6, 1, 4, 0, 0x41, 42, 0x0b],
])

await standaloneHost({ build: 'simd' })
const { answer } = new WebAssembly.Instance(new WebAssembly.Module(MODULE)).exports as {
  readonly answer: () => number
}
answer()
// Natives syntax is no TypeScript: it is read where the program runs.
const isBaseline = new Function('compiled', 'return %IsLiftoffFunction(compiled)') as (
  compiled: () => number,
) => boolean
console.log(isBaseline(answer) ? 'baseline' : 'optimising')
