import type { Activation, Layer, Network } from '../network.ts'
import type { TensorLike } from './host.ts'

/** A variable of a tfjs layer. */
export interface VariableLike {
  read(): TensorLike
}

/** As much of a tfjs layer as is read. */
export interface LayerLike {
  readonly name: string
  getClassName(): string
  getConfig(): { readonly [option: string]: unknown }
  readonly trainableWeights: readonly VariableLike[]
  readonly inboundNodes: readonly { readonly inboundLayers: readonly { readonly name: string }[] }[]
}

/** What tfjs's wrapper for both directions keeps. */
interface TwoWay {
  readonly forwardLayer: Pick<LayerLike, 'getClassName' | 'getConfig'>
}

/** As much of a tfjs `LayersModel` as is read. */
export interface ModelLike {
  readonly layers: readonly LayerLike[]
  readonly inputs: readonly { readonly shape: readonly (number | null)[] }[]
  readonly outputs: readonly unknown[]
}

/** A tfjs model as data. */
export interface DescribedModel {
  readonly network: Network
  /** In the order of a step's `weightDescriptions`. */
  readonly weights: readonly VariableLike[]
  /** What of the model has no place in a {@link Network}, one phrase each. If there is anything, don't use `network`. */
  readonly uncovered: readonly string[]
}

/** The options of a tfjs layer. */
export type Config = { readonly [option: string]: unknown }

const RECURRENT = [
  ...['goBackwards', 'stateful', 'returnState'],
  ...['kernelRegularizer', 'recurrentRegularizer', 'biasRegularizer', 'activityRegularizer'],
  ...['kernelConstraint', 'recurrentConstraint', 'biasConstraint'],
]

/** Options that must be unset, by layer class. Any other option does not change what a trained layer computes. */
const ABSENT: { readonly [className: string]: readonly string[] } = {
  LSTM: RECURRENT,
  GRU: [...RECURRENT, 'resetAfter'],
  Dense: [
    ...['kernelRegularizer', 'biasRegularizer', 'activityRegularizer'],
    ...['kernelConstraint', 'biasConstraint'],
  ],
  Dropout: ['noiseShape'],
}

/** A layer of the network, or undefined for a class that has no place there. */
export function describeLayer(className: string, config: Config): Layer | undefined {
  const units = config.units as number
  const activation = config.activation as Activation
  const useBias = config.useBias as boolean
  switch (className) {
    case 'LSTM':
    case 'GRU':
      return {
        kind: className === 'LSTM' ? 'lstm' : 'gru',
        units,
        activation,
        recurrentActivation: config.recurrentActivation as Activation,
        useBias,
        returnSequences: config.returnSequences as boolean,
        dropout: config.dropout as number,
        recurrentDropout: config.recurrentDropout as number,
      }
    case 'Dense':
      return { kind: 'dense', units, activation, useBias }
    case 'Dropout':
      return { kind: 'dropout', rate: config.rate as number }
    default:
      return undefined
  }
}

/**
 * Reads a tfjs model: `compileStep(network, recipe, host, { weightAddresses: weights.map((w) => () =>
 * host.addressOf(w.read())) })` then trains it in place.
 *
 * @param steps the window, where the model's input leaves it open
 */
export function describeModel(model: ModelLike, steps?: number): DescribedModel {
  const missing: string[] = []
  const layers: Layer[] = []
  const weights: VariableLike[] = []
  const shape = model.inputs[0]?.shape ?? []
  if (model.inputs.length !== 1 || model.outputs.length !== 1) missing.push('more than one input or output')
  if (shape.length !== 3)
    missing.push(`input of shape [${shape.join(', ')}] rather than [batch, steps, features]`)
  const window = shape[1] ?? steps
  if (window === undefined) missing.push('a window of open length')

  let before: LayerLike | undefined
  for (const layer of model.layers) {
    const className = layer.getClassName()
    const sources = layer.inboundNodes.flatMap((node) => node.inboundLayers)
    const chained = before === undefined || (sources.length === 1 && sources[0]?.name === before.name)
    if (before !== undefined && !chained) missing.push(`layer ${layer.name}: not in one line with the others`)
    if (className === 'InputLayer') {
      before = layer
      continue
    }
    const config = layer.getConfig()
    const within = className === 'Bidirectional' ? (layer as LayerLike & TwoWay).forwardLayer : undefined
    const inner = within && describeLayer(within.getClassName(), within.getConfig())
    const described: Layer | undefined =
      inner?.kind === 'lstm' || inner?.kind === 'gru'
        ? { kind: 'bidirectional', layer: inner }
        : describeLayer(className, config)
    if (described) {
      layers.push(described)
      weights.push(...layer.trainableWeights)
    } else {
      missing.push(`layer ${layer.name}: ${className}`)
    }
    const options = within ? within.getConfig() : config
    for (const option of ABSENT[within ? within.getClassName() : className] ?? []) {
      if (options[option]) missing.push(`layer ${layer.name}: ${option}`)
    }
    if (within && config.mergeMode !== 'concat')
      missing.push(`layer ${layer.name}: mergeMode ${config.mergeMode}`)
    if (config.trainable === false) missing.push(`layer ${layer.name}: not trainable`)
    before = layer
  }
  return {
    network: { steps: window ?? 0, features: shape[2] ?? 0, layers },
    weights,
    uncovered: missing,
  }
}
