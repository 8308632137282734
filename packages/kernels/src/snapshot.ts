import { KernelError } from './errors.ts'

/** What a snapshot holds. */
export interface SnapshotState {
  readonly learningRate: number
  /** The rate of each layer, 0 where it has none. */
  readonly dropout: readonly number[]
  /** Each weight, followed by its optimizer state. */
  readonly arrays: readonly Float32Array[]
}

/** First word of every snapshot; its last digit is the version of the layout. */
const MAGIC = 0x524b5331

/**
 * The layout, little-endian: magic, number of layers, number of arrays, length of each array (uint32 each, padded to 8
 * bytes), learning rate and dropout rates (float64), arrays (float32).
 */
export function writeSnapshot(state: SnapshotState): Uint8Array {
  const words = [
    MAGIC,
    state.dropout.length,
    state.arrays.length,
    ...state.arrays.map((array) => array.length),
  ]
  const doubles = [state.learningRate, ...state.dropout]
  const header = Math.ceil(words.length / 2) * 8
  const floats = state.arrays.reduce((sum, array) => sum + array.length, 0)
  const bytes = new Uint8Array(header + doubles.length * 8 + floats * 4)
  new Uint32Array(bytes.buffer, 0, words.length).set(words)
  new Float64Array(bytes.buffer, header, doubles.length).set(doubles)
  let at = header + doubles.length * 8
  for (const array of state.arrays) {
    new Float32Array(bytes.buffer, at, array.length).set(array)
    at += array.length * 4
  }
  return bytes
}

/** Reads a snapshot of a network like `like`. @throws RONDO_KERNEL_INVALID */
export function readSnapshot(bytes: Uint8Array, like: SnapshotState): SnapshotState {
  const expected = writeSnapshot(like)
  const words = 3 + like.arrays.length
  const header = Math.ceil(words / 2) * 8
  // A copy: the bytes may stand at an odd place of a larger buffer.
  const copy = bytes.slice()
  const same =
    copy.length === expected.length && copy.subarray(0, words * 4).every((byte, n) => byte === expected[n])
  if (!same) {
    throw new KernelError('RONDO_KERNEL_INVALID', {
      message: 'The snapshot is of another network or optimizer.',
      value: bytes.length,
      remedy: 'Restore it into a step compiled with the same layers and recipe.',
    })
  }
  const [learningRate, ...dropout] = new Float64Array(copy.buffer, header, 1 + like.dropout.length)
  let at = header + (1 + like.dropout.length) * 8
  const arrays = like.arrays.map((array) => {
    const read = new Float32Array(copy.buffer, at, array.length)
    at += array.length * 4
    return read
  })
  return { learningRate: learningRate as number, dropout, arrays }
}
