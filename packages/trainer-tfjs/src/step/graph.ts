import { type PreparedFold, RondoError } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { type BidirectionalLayer, isRecurrent } from './recurrent-layer.ts'

/** One layer of a model's graph with what it is fed. */
export interface GraphNode {
  readonly layer: tfjs.layers.Layer
  readonly className: string
  /** Ids of the tensors that it takes, and of the one that it makes. */
  readonly inputs: readonly number[]
  readonly output: number
}

/** A model as a list of layers, each after those that feed it. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly input: number
  readonly output: number
}

/** What tfjs's layers keep of the graph, by the names in their sources. */
interface LayerNode {
  readonly inputTensors: readonly tfjs.SymbolicTensor[]
  readonly outputTensors: readonly tfjs.SymbolicTensor[]
}

/** Layers that draw random numbers which nobody can seed. */
const UNSEEDED = ['GaussianNoise', 'GaussianDropout', 'AlphaDropout']

/**
 * Reads the graph of a model with one input and one output.
 *
 * @throws RONDO_MODEL_INVALID where it has more, uses a layer twice, or could not repeat its own randomness.
 */
export function graphOf(model: tfjs.LayersModel, { lengths }: PreparedFold): Graph {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw refuse(
      `it has ${model.inputs.length} inputs and ${model.outputs.length} outputs, not one of each`,
      model.name,
    )
  }
  const nodes: GraphNode[] = []
  for (const layer of model.layers) {
    const className = layer.getClassName()
    const [node, ...others] = layer.inboundNodes as unknown as LayerNode[]
    // A sequential model wraps its layers' nodes once more when it is nested or rebuilt; a shared layer has several.
    if (node === undefined || others.length > 0) throw refuse('it is used more than once', layer.name)
    requireSeedable(layer, className)
    requirePlain(className === 'Bidirectional' ? (layer as BidirectionalLayer).forwardLayer : layer)
    if (className === 'Masking' && lengths === undefined) {
      throw refuse('it masks, but the data has no sequences of different lengths', layer.name)
    }
    if (className === 'InputLayer') continue
    nodes.push({
      layer,
      className,
      inputs: node.inputTensors.map(({ id }) => id),
      output: node.outputTensors[0]!.id,
    })
  }
  return { nodes, input: model.inputs[0]!.id, output: model.outputs[0]!.id }
}

/** tfjs draws the masks of these layers from a generator without a seed. */
function requireSeedable(layer: tfjs.layers.Layer, className: string): void {
  if (UNSEEDED.includes(className))
    throw refuse(`${className} draws numbers that cannot be seeded`, layer.name)
  if (className === 'Dropout' || isRecurrent(className) || isTwoWay(layer, className)) return
  const config = JSON.stringify(layer.getConfig())
  if (/"(recurrentDropout|dropout|recurrent_dropout)":(?!0[,}])/.test(config)) {
    throw refuse(`dropout inside of ${className} cannot be seeded; put a Dropout layer behind it`, layer.name)
  }
}

/** A recurrent layer read both ways whose masks can be given, too. */
function isTwoWay(layer: tfjs.layers.Layer, className: string): boolean {
  if (className !== 'Bidirectional') return false
  const { forwardLayer, mergeMode } = layer as BidirectionalLayer
  if (mergeMode !== 'concat' || !isRecurrent(forwardLayer.getClassName())) {
    throw refuse('of layers read both ways only LSTM and GRU with mergeMode concat are trained', layer.name)
  }
  return true
}

/** Penalties and limits on weights are the recipe's: a layer's own would be lost without a word. */
function requirePlain(layer: tfjs.layers.Layer): void {
  const own = Object.entries(layer.getConfig()).find(
    ([name, value]) => /(Regularizer|Constraint)$/.test(name) && value !== null && value !== undefined,
  )
  if (own !== undefined)
    throw refuse(`its ${own[0]} is not followed; use the recipe's l2, clipNorm or clipValue`, layer.name)
}

function refuse(reason: string, layer: string): RondoError {
  return new RondoError('RONDO_MODEL_INVALID', {
    message: `The model cannot be trained repeatably because of “${layer}”: ${reason}.`,
    value: layer,
    remedy: 'Change the model builder.',
  })
}
