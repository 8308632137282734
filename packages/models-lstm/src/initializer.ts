import { deriveRng } from '@rondo/core'
import type { Tf } from './build.ts'
import { orthogonal } from './orthogonal.ts'

/** How a kernel begins, as Keras names it. */
export const INITIALIZERS = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'leCunNormal',
  'orthogonal',
] as const

export type InitializerName = (typeof INITIALIZERS)[number]

/** One of tfjs's own initializers, so that the saved model names it, with a seed. */
export function initializer(
  tf: Tf,
  name: InitializerName,
  seed: number,
): ReturnType<Tf['initializers']['glorotUniform']> {
  if (name !== 'orthogonal') return tf.initializers[name]({ seed })
  // With values computed here: the QR decomposition of tfjs takes seconds at 128 units and more.
  const own = tf.initializers.orthogonal({ seed })
  own.apply = (shape) => {
    const [rows, columns] = shape as [number, number]
    return tf.tensor2d(orthogonal(rows, columns, deriveRng({ seed, purpose: 'orthogonal' })), [rows, columns])
  }
  return own
}
