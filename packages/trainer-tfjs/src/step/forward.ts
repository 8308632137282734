import { type Loss, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'
import type { Graph, GraphNode } from './graph.ts'
import {
  type BidirectionalLayer,
  type RecurrentLayer,
  type RecurrentPass,
  recurrentForward,
  type WatchGates,
} from './recurrent-layer.ts'

/** Draws the mask of a layer, by its place: `shape` elements, dropped at `rate`. */
export type DrawMask = (
  layer: number,
  use: 'inputs' | 'recurrent',
  shape: readonly number[],
  rate: number,
) => tfjs.Tensor

/** How a pass is made. */
export interface Pass {
  /** Present in training only. */
  readonly drawMask?: DrawMask
  /** Overrides the rate of every Dropout layer and of the input dropout of LSTM layers that have one. */
  readonly dropout?: number | undefined
  /** For each step `[batch, 1]`, where sequences differ in length. */
  readonly steps?: readonly tfjs.Tensor2D[] | undefined
  /** Looks at the gates of the LSTM at a place. */
  readonly watch?: (place: number) => WatchGates
}

/** What a model gives for a batch. */
export interface Output {
  /** What the loss is computed from: logits for the cross-entropies, else the outputs. `[batch, outputs]` */
  readonly predicted: tfjs.Tensor2D
  /** As the saved model gives them. `[batch, outputs]` */
  readonly outputs: tfjs.Tensor2D
}

/**
 * Runs the model's layers one after the other: recurrent ones and Dropout by given masks, everything else by the layer itself.
 * To be called within a tidy.
 *
 * @param x `[batch, steps, features]`
 * @throws RONDO_MODEL_INVALID where a cross-entropy finds no softmax or sigmoid at the end.
 */
export function forward(tf: Tf, graph: Graph, loss: Loss, x: tfjs.Tensor3D, pass: Pass): Output {
  const made = new Map<number, tfjs.Tensor>([[graph.input, x]])
  let place = 0
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => made.get(id)!)
    const isLast = node.output === graph.output
    if (isLast && loss.name.endsWith('Crossentropy')) return fromLogits(tf, node, inputs[0]!, loss)
    made.set(node.output, applyLayer(tf, node, inputs, pass, place))
    if (node.className !== 'Masking') place++
  }
  const outputs = made.get(graph.output) as tfjs.Tensor2D
  return { predicted: outputs, outputs }
}

function applyLayer(tf: Tf, node: GraphNode, inputs: tfjs.Tensor[], pass: Pass, place: number): tfjs.Tensor {
  const x = inputs[0]!
  const { layer, className } = node
  switch (className) {
    case 'Dropout': {
      const rate = pass.dropout ?? (layer as unknown as { readonly rate: number }).rate
      return pass.drawMask === undefined || rate === 0
        ? x
        : tf.mul(x, pass.drawMask(place, 'inputs', x.shape, rate))
    }
    case 'Masking':
      // Steps beyond a sequence's end are zeros already; the LSTM layers are told which they are.
      return x
    case 'LSTM':
    case 'GRU':
      return recurrentForward(tf, layer as RecurrentLayer, x as tfjs.Tensor3D, {
        ...masksOf(layer as RecurrentLayer, x as tfjs.Tensor3D, pass, place),
        watch: pass.watch?.(place),
      })
    case 'Bidirectional':
      return bothWays(tf, layer as BidirectionalLayer, x as tfjs.Tensor3D, pass, place)
    default:
      return layer.apply(inputs.length === 1 ? x : inputs, {
        training: pass.drawMask !== undefined,
      }) as tfjs.Tensor
  }
}

/** The masks of the layer read backwards are those of a place that no layer has. */
const BACKWARD = 1000

function masksOf(
  { cell }: RecurrentLayer,
  x: tfjs.Tensor3D,
  { drawMask, dropout: rate, steps }: Pass,
  place: number,
): RecurrentPass {
  const { units, recurrentDropout } = cell
  const dropout = cell.dropout === 0 ? 0 : (rate ?? cell.dropout)
  const [batch, , features] = x.shape
  const draw = (use: 'inputs' | 'recurrent', width: number, share: number): tfjs.Tensor2D | undefined =>
    share === 0 ? undefined : (drawMask?.(place, use, [batch, width], share) as tfjs.Tensor2D | undefined)
  return {
    input: draw('inputs', features, dropout),
    recurrent: draw('recurrent', units, recurrentDropout),
    steps,
  }
}

/** A sequence read from both ends, the outputs of each step side by side. */
function bothWays(
  tf: Tf,
  { forwardLayer, backwardLayer, returnSequences }: BidirectionalLayer,
  x: tfjs.Tensor3D,
  pass: Pass,
  place: number,
): tfjs.Tensor {
  const ahead = recurrentForward(tf, forwardLayer, x, masksOf(forwardLayer, x, pass, place))
  const back = recurrentForward(tf, backwardLayer, x, masksOf(backwardLayer, x, pass, place + BACKWARD))
  return tf.concat([ahead, returnSequences ? tf.reverse(back, 1) : back], -1)
}

/** The last layer without its softmax or sigmoid, and then with it. */
function fromLogits(tf: Tf, { layer, className }: GraphNode, x: tfjs.Tensor, loss: Loss): Output {
  const needed = loss.name === 'binaryCrossentropy' ? 'sigmoid' : 'softmax'
  const { activation } = layer.getConfig()
  if (activation !== needed || !(className === 'Dense' || className === 'Activation')) {
    throw new RondoError('RONDO_MODEL_INVALID', {
      message: `The loss ${loss.name} needs a last layer with activation ${needed}; “${layer.name}” is ${className} with ${JSON.stringify(activation)}.`,
      value: String(activation),
    })
  }
  const logits = (className === 'Dense' ? dense(tf, layer, x) : x) as tfjs.Tensor2D
  const outputs = needed === 'sigmoid' ? tf.sigmoid(logits) : tf.softmax(logits)
  return { predicted: logits, outputs }
}

/** x·W + b of a Dense layer on `[batch, features]`. */
function dense(tf: Tf, layer: tfjs.layers.Layer, x: tfjs.Tensor): tfjs.Tensor {
  const [kernel, bias] = layer.getWeights()
  const product = tf.matMul(x as tfjs.Tensor2D, kernel as tfjs.Tensor2D)
  return bias === undefined ? product : tf.add(product, bias)
}
