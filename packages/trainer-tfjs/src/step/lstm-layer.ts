import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'

/** What tfjs's LSTM keeps, by the names in its sources. */
export interface LstmLayer extends tfjs.layers.Layer {
  readonly returnSequences: boolean
  readonly returnState: boolean
  readonly stateful: boolean
  readonly goBackwards: boolean
  readonly cell: {
    readonly units: number
    readonly dropout: number
    readonly recurrentDropout: number
    readonly activation: { apply(x: tfjs.Tensor): tfjs.Tensor }
    readonly recurrentActivation: { apply(x: tfjs.Tensor): tfjs.Tensor }
    readonly kernel: { read(): tfjs.Tensor2D }
    readonly recurrentKernel: { read(): tfjs.Tensor2D }
    readonly bias: { read(): tfjs.Tensor1D } | null
  }
}

/** Masks of one pass; each is absent where nothing is masked. */
export interface LstmMasks {
  /** `[batch, features]`, the same for all steps (Gal and Ghahramani, 2016). */
  readonly input?: tfjs.Tensor2D | undefined
  /** `[batch, units]`. */
  readonly recurrent?: tfjs.Tensor2D | undefined
  /** For each step `[batch, 1]`: 1 where the sequence has the step, 0 beyond its end. */
  readonly steps?: readonly tfjs.Tensor2D[] | undefined
}

/**
 * The LSTM of Hochreiter and Schmidhuber (1997) with forget gates (Gers et al., 2000) as tfjs and Keras lay it out:
 *
 * [i f g o] = x·W + h·U + b, with W `[features, 4·units]`, U `[units, 4·units]`;
 * c ← σ(f)·c + σ(i)·φ(g); h ← σ(o)·φ(c)
 *
 * The same sums as tfjs's own layer, with the projection of all steps' inputs as one product, and with masks that are
 * given instead of drawn.
 *
 * @param x `[batch, steps, features]`
 * @returns `[batch, units]`, or `[batch, steps, units]` where the layer returns sequences.
 */
export function lstmForward(tf: Tf, layer: LstmLayer, x: tfjs.Tensor3D, masks: LstmMasks): tfjs.Tensor {
  const { cell } = layer
  const [batch, steps, features] = x.shape
  const units = cell.units
  const kept = masks.input === undefined ? x : tf.mul(x, tf.expandDims(masks.input, 1))
  const flat = tf.reshape(tf.transpose(kept, [1, 0, 2]), [steps * batch, features])
  let projected: tfjs.Tensor = tf.matMul(flat as tfjs.Tensor2D, cell.kernel.read())
  if (cell.bias !== null) projected = tf.add(projected, cell.bias.read())
  const inputs = tf.unstack(tf.reshape(projected, [steps, batch, 4 * units])) as tfjs.Tensor2D[]
  const order = Array.from({ length: steps }, (_, t) => (layer.goBackwards ? steps - 1 - t : t))
  const recurrentKernel = cell.recurrentKernel.read()
  let h: tfjs.Tensor2D | undefined
  let c: tfjs.Tensor | undefined
  const outputs: tfjs.Tensor2D[] = []
  for (const t of order) {
    let z: tfjs.Tensor = inputs[t]!
    if (h !== undefined) {
      const state = masks.recurrent === undefined ? h : tf.mul<tfjs.Tensor2D>(h, masks.recurrent)
      z = tf.add(z, tf.matMul(state, recurrentKernel))
    }
    const [i, f, g, o] = tf.split(z, 4, 1) as [tfjs.Tensor, tfjs.Tensor, tfjs.Tensor, tfjs.Tensor]
    const candidate = tf.mul(cell.recurrentActivation.apply(i), cell.activation.apply(g))
    const next: tfjs.Tensor =
      c === undefined ? candidate : tf.add(tf.mul(cell.recurrentActivation.apply(f), c), candidate)
    const out = tf.mul<tfjs.Tensor2D>(cell.recurrentActivation.apply(o), cell.activation.apply(next))
    const present = masks.steps?.[t]
    c = present === undefined ? next : hold(tf, present, next, c)
    h = present === undefined ? out : hold<tfjs.Tensor2D>(tf, present, out, h)
    if (layer.returnSequences) outputs.push(h)
  }
  return layer.returnSequences ? tf.stack(outputs, 1) : h!
}

/** The new state where the sequence has the step, the old one (zeros at first) beyond its end. */
function hold<T extends tfjs.Tensor>(tf: Tf, present: tfjs.Tensor2D, next: T, before: T | undefined): T {
  const taken = tf.mul<T>(next, present)
  return before === undefined ? taken : tf.add<T>(taken, tf.mul(before, tf.sub(1, present)))
}
