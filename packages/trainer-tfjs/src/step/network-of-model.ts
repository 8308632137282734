import type { PreparedFold } from '@rondo/core'
import type { Activation, GruLayer, Layer, LstmLayer, Network } from '@rondo/kernels'
import type { Graph, GraphNode } from './graph.ts'
import type { BidirectionalLayer, RecurrentLayer } from './recurrent-layer.ts'

/** A model in the words of the kernels, or what of it they have no words for. */
export type Described = { readonly network: Network } | { readonly missing: readonly string[] }

/** Describes a model for the compiled step. What it can say the compiled step may still not cover: see `uncovered`. */
export function networkOfModel({ nodes, input }: Graph, data: PreparedFold): Described {
  const layers: Layer[] = []
  const missing: string[] = []
  let fed = input
  for (const node of nodes) {
    const { layer, className, inputs, output } = node
    if (inputs.length !== 1 || inputs[0] !== fed) missing.push(`a branch at layer ${layer.name}`)
    fed = output
    if (className === 'Masking') continue
    const described = describe(node)
    if (typeof described === 'string') missing.push(described)
    else layers.push(described)
    // The kernels update every weight that they are given, in the order of the layers.
    if (typeof described !== 'string' && layer.nonTrainableWeights.length > 0) {
      missing.push(`layer ${layer.name}, which is not to be trained`)
    }
  }
  if (missing.length > 0) return { missing }
  return { network: { steps: data.window, features: data.features, layers } }
}

function describe({ layer, className }: GraphNode): Layer | string {
  const config = layer.getConfig()
  const activation = config.activation as Activation
  switch (className) {
    case 'LSTM':
    case 'GRU':
      return describeRecurrent(layer as RecurrentLayer)
    case 'Bidirectional': {
      // `graphOf` has refused all but LSTM and GRU whose outputs stand side by side.
      const within = describeRecurrent((layer as BidirectionalLayer).forwardLayer)
      return typeof within === 'string' ? within : { kind: 'bidirectional', layer: within }
    }
    case 'Dense':
      return { kind: 'dense', units: config.units as number, activation, useBias: config.useBias as boolean }
    case 'Dropout':
      return { kind: 'dropout', rate: config.rate as number }
    default:
      return `layer ${layer.name} of class ${className}`
  }
}

function describeRecurrent(layer: RecurrentLayer): LstmLayer | GruLayer | string {
  const { returnSequences, returnState, stateful, goBackwards, cell } = layer
  const option = Object.entries({ returnState, stateful, goBackwards }).find(([, on]) => on)
  if (option !== undefined) return `layer ${layer.name} with ${option[0]}`
  const { activation, recurrentActivation } = layer.getConfig()
  return {
    kind: layer.getClassName() === 'LSTM' ? 'lstm' : 'gru',
    units: cell.units,
    activation: activation as Activation,
    recurrentActivation: recurrentActivation as Activation,
    useBias: cell.bias !== null,
    returnSequences,
    dropout: cell.dropout,
    recurrentDropout: cell.recurrentDropout,
  }
}
