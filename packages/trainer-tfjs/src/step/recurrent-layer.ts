import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import type { GateName } from './train-step.ts'

/** What tfjs's LSTM and GRU keep, by the names in their sources. */
export interface RecurrentLayer extends tfjs.layers.Layer {
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

/** What tfjs's wrapper keeps: two layers, of which the second reads from the end. */
export interface BidirectionalLayer extends tfjs.layers.Layer {
  readonly forwardLayer: RecurrentLayer
  readonly backwardLayer: RecurrentLayer
  readonly mergeMode: string | null
  readonly returnSequences: boolean
}

export const isRecurrent = (className: string): boolean => className === 'LSTM' || className === 'GRU'

/** Is shown gates `[batch, units]` of one step, and the samples that have it: `[batch, 1]`, or all. */
export type WatchGates = (
  gates: { readonly [gate in GateName]: tfjs.Tensor },
  present: tfjs.Tensor2D | undefined,
) => void

/** How one pass goes; each is absent where nothing is masked, or nobody looks. */
export interface RecurrentPass {
  /** `[batch, features]`, the same for all steps (Gal and Ghahramani, 2016). */
  readonly input?: tfjs.Tensor2D | undefined
  /** `[batch, units]`. */
  readonly recurrent?: tfjs.Tensor2D | undefined
  /** For each step `[batch, 1]`: 1 where the sequence has the step, 0 beyond its end. */
  readonly steps?: readonly tfjs.Tensor2D[] | undefined
  /** Looks at the gates of an LSTM. */
  readonly watch?: WatchGates | undefined
}

/** A state `[batch, units]`, and the cell of an LSTM. Both are absent, as zeros, before the first step. */
interface State {
  readonly h?: tfjs.Tensor2D
  readonly c?: tfjs.Tensor
}

/** One step, of the projected input `[batch, gates·units]`. */
type Advance = (projected: tfjs.Tensor2D, state: State, step: number) => Required<Pick<State, 'h'>> & State

/**
 * The same sums as tfjs's own LSTM and GRU, with the projection of all steps' inputs as one product, and with masks that
 * are given instead of drawn.
 *
 * @param x `[batch, steps, features]`
 * @returns `[batch, units]`, or `[batch, steps, units]` where the layer returns sequences.
 */
export function recurrentForward(
  tf: Tf,
  layer: RecurrentLayer,
  x: tfjs.Tensor3D,
  pass: RecurrentPass,
): tfjs.Tensor {
  const { cell } = layer
  const [batch, steps, features] = x.shape
  const kept = pass.input === undefined ? x : tf.mul(x, tf.expandDims(pass.input, 1))
  const flat = tf.reshape(tf.transpose(kept, [1, 0, 2]), [steps * batch, features])
  let projected: tfjs.Tensor = tf.matMul(flat as tfjs.Tensor2D, cell.kernel.read())
  if (cell.bias !== null) projected = tf.add(projected, cell.bias.read())
  const inputs = tf.unstack(tf.reshape(projected, [steps, batch, -1])) as tfjs.Tensor2D[]
  const order = Array.from({ length: steps }, (_, t) => (layer.goBackwards ? steps - 1 - t : t))
  const advance = layer.getClassName() === 'GRU' ? gru(tf, cell, pass) : lstm(tf, cell, pass)
  let state: State = {}
  const outputs: tfjs.Tensor2D[] = []
  for (const t of order) {
    const next = advance(inputs[t]!, state, t)
    const present = pass.steps?.[t]
    state = present === undefined ? next : hold(tf, present, next, state)
    if (layer.returnSequences) outputs.push(state.h!)
  }
  return layer.returnSequences ? tf.stack(outputs, 1) : state.h!
}

/**
 * The LSTM of Hochreiter and Schmidhuber (1997) with forget gates (Gers et al., 2000) as tfjs and Keras lay it out:
 *
 * [i f g o] = x·W + h·U + b, with W `[features, 4·units]`, U `[units, 4·units]`;
 * c ← σ(f)·c + σ(i)·φ(g); h ← σ(o)·φ(c)
 */
function lstm(tf: Tf, cell: RecurrentLayer['cell'], { recurrent, steps, watch }: RecurrentPass): Advance {
  const recurrentKernel = cell.recurrentKernel.read()
  return (projected, { h, c }, step) => {
    let z: tfjs.Tensor = projected
    if (h !== undefined) {
      const state = recurrent === undefined ? h : tf.mul<tfjs.Tensor2D>(h, recurrent)
      z = tf.add(z, tf.matMul(state, recurrentKernel))
    }
    const [i, f, g, o] = tf.split(z, 4, 1) as [tfjs.Tensor, tfjs.Tensor, tfjs.Tensor, tfjs.Tensor]
    const input = cell.recurrentActivation.apply(i)
    const forget = cell.recurrentActivation.apply(f)
    const output = cell.recurrentActivation.apply(o)
    watch?.({ input, forget, output }, steps?.[step])
    const candidate = tf.mul(input, cell.activation.apply(g))
    const next: tfjs.Tensor = c === undefined ? candidate : tf.add(tf.mul(forget, c), candidate)
    return { h: tf.mul<tfjs.Tensor2D>(output, cell.activation.apply(next)), c: next }
  }
}

/**
 * The GRU of Cho et al. (2014), the reset gate before the product, as tfjs lays it out:
 *
 * [u r g] = x·W + b; u ← σ(u + h·U_u); r ← σ(r + h·U_r); g ← φ(g + (r·h)·U_g); h ← u·h + (1 − u)·g,
 * with W `[features, 3·units]`, U = [U_u U_r U_g] `[units, 3·units]`
 */
function gru(tf: Tf, cell: RecurrentLayer['cell'], { recurrent }: RecurrentPass): Advance {
  const { units } = cell
  const kernel = cell.recurrentKernel.read()
  const ofGates = tf.slice(kernel, [0, 0], [units, 2 * units])
  const ofCandidate = tf.slice(kernel, [0, 2 * units], [units, units])
  return (projected, { h }) => {
    const [u, r, g] = tf.split(projected, 3, 1) as [tfjs.Tensor, tfjs.Tensor, tfjs.Tensor]
    if (h === undefined) {
      const update = cell.recurrentActivation.apply(u)
      return { h: tf.mul<tfjs.Tensor2D>(tf.sub(1, update), cell.activation.apply(g)) }
    }
    const state = recurrent === undefined ? h : tf.mul<tfjs.Tensor2D>(h, recurrent)
    const [ofUpdate, ofReset] = tf.split(tf.matMul(state, ofGates), 2, 1) as [tfjs.Tensor, tfjs.Tensor]
    const update = cell.recurrentActivation.apply(tf.add(u, ofUpdate))
    const reset = cell.recurrentActivation.apply(tf.add(r, ofReset))
    const seen = tf.mul<tfjs.Tensor2D>(reset, state)
    const candidate = cell.activation.apply(tf.add(g, tf.matMul(seen, ofCandidate)))
    return {
      h: tf.add<tfjs.Tensor2D>(tf.mul(update, state), tf.mul(tf.sub(1, update), candidate)),
    }
  }
}

/** The new state where the sequence has the step, the old one (zeros at first) beyond its end. */
function hold(tf: Tf, present: tfjs.Tensor2D, next: ReturnType<Advance>, before: State): State {
  const mix = <T extends tfjs.Tensor>(now: T, old: T | undefined): T => {
    const taken = tf.mul<T>(now, present)
    return old === undefined ? taken : tf.add<T>(taken, tf.mul(old, tf.sub(1, present)))
  }
  return { h: mix(next.h, before.h), ...(next.c && { c: mix(next.c, before.c) }) }
}
