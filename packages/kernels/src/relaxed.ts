/** f32.const, f32x4.splat; the bits of the constant from the least byte on. */
const splat = (bits: number) => [
  0x43,
  bits & 255,
  (bits >> 8) & 255,
  (bits >> 16) & 255,
  bits >>> 24,
  0xfd,
  0x13,
]

/** 1 + 2⁻¹², and the negative of its square rounded to single precision. */
const FACTOR = 0x3f800800
const MINUS_SQUARE = 0xbf801000

/** `f32x4.relaxed_madd(a, a, −a²)`, then whether its first lane is anything but 0. */
const PROBE_BODY = [
  ...[0, ...splat(FACTOR), ...splat(FACTOR), ...splat(MINUS_SQUARE), 0xfd, 0x85, 0x02],
  ...[0xfd, 0x1f, 0, 0x43, 0, 0, 0, 0, 0x5c, 0x0b],
]

/** The smallest module that uses relaxed SIMD: one function `fused () → i32`. */
const PROBE = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7f],
  ...[3, 2, 1, 0],
  ...[7, 9, 1, 5, ...new TextEncoder().encode('fused'), 0, 0],
  ...[10, PROBE_BODY.length + 2, 1, PROBE_BODY.length, ...PROBE_BODY],
])

/** Whether this engine has relaxed SIMD. Node has it from version 22 on. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(PROBE)
}

/** Whether a relaxed multiply-add is a fused one here: the engine has it, and the CPU. */
export function fusesMultiplyAdd(): boolean {
  if (!hasRelaxedSimd()) return false
  const { fused } = new WebAssembly.Instance(new WebAssembly.Module(PROBE)).exports as { fused: () => number }
  return fused() === 1
}
