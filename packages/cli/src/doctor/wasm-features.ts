// A module of one function `() => v128`; a Node that lacks the instruction calls it invalid.

/** A module whose one function's body is `body`, after the header and the type () → v128. */
const moduleOf = (body: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
    ...[0x03, 0x02, 0x01, 0x00],
    ...[0x0a, body.length + 4, 0x01, body.length + 2, 0x00, ...body, 0x0b],
  ])

/** `i32.const 0` then `i8x16.splat`. */
const ZEROS = [0x41, 0x00, 0xfd, 0x0f]

/** Whether WebAssembly has 128-bit SIMD here. */
export const hasSimd = (): boolean => WebAssembly.validate(moduleOf(ZEROS))
