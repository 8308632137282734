/**
 * All access to memory goes through these. In the checked build (`CHECKED` = 1) every access is looked up in a shadow
 * map with one byte for each 32-bit word of memory, and a word that was not handed out traps; in the others nothing
 * is left of it.
 */

let shadow: usize = 0

/** Sets the address of the shadow map; 0 switches checking off. Does nothing in the builds without checks. */
export function watch(map: usize): void {
  if (CHECKED) shadow = map
}

function check(address: usize, words: i32): void {
  if (shadow == 0) return
  if (address & 3) unreachable()
  for (let i = 0; i < words; i++) {
    if (load<u8>(shadow + (address >> 2) + i) == 0) unreachable()
  }
}

/** Four consecutive floats. */
@inline
export function load4(address: usize): v128 {
  if (CHECKED) check(address, 4)
  return v128.load(address)
}

/** One float, in all four lanes. */
@inline
export function splat4(address: usize): v128 {
  if (CHECKED) check(address, 1)
  return v128.load32_splat(address)
}

@inline
export function store4(address: usize, value: v128): void {
  if (CHECKED) check(address, 4)
  v128.store(address, value)
}

@inline
export function load1(address: usize): f32 {
  if (CHECKED) check(address, 1)
  return load<f32>(address)
}

@inline
export function store1(address: usize, value: f32): void {
  if (CHECKED) check(address, 1)
  store<f32>(address, value)
}

@inline
export function loadInt(address: usize): i32 {
  if (CHECKED) check(address, 1)
  return load<i32>(address)
}

/** Sets `length` floats to zero. */
export function zero(address: usize, length: i32): void {
  if (CHECKED) check(address, length)
  memory.fill(address, 0, (<usize>length) << 2)
}

/** Copies `length` floats. */
export function copy(to: usize, from: usize, length: i32): void {
  if (CHECKED) {
    check(to, length)
    check(from, length)
  }
  memory.copy(to, from, (<usize>length) << 2)
}

/** The next multiple of 8: rows of activations are padded to it, so that panels are stored whole. */
@inline
export function padded(length: i32): i32 {
  return (length + 7) & ~7
}

/** Bytes of `count` floats. */
@inline
export function floats(count: i32): usize {
  return (<usize>count) << 2
}
