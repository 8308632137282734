import { type Arena, type Buffer, planArena, sharedBuffer } from './arena.ts'
import type { KernelHost } from './host.ts'
import { type Address, CONSTANT_FLOATS } from './kernels.ts'
import { planBidirectional } from './layers/bidirectional.ts'
import { planDense } from './layers/dense.ts'
import { planDropout } from './layers/dropout.ts'
import { GRU_CELL } from './layers/gru.ts'
import { LSTM_CELL } from './layers/lstm.ts'
import type { LayerPlan, Planner, Signal, Weight } from './layers/plan.ts'
import { planRecurrent } from './layers/recurrent.ts'
import { usesLogits } from './losses.ts'
import type { Activation, Network, Recipe } from './network.ts'

export interface CompiledNetwork {
  readonly arena: Arena
  /** To be written once the arena is made. */
  readonly constants: Buffer
  readonly layers: readonly LayerPlan[]
  readonly weights: readonly Weight[]
  /** The windows of a batch, `[steps, batch, features]`. */
  readonly input: Buffer
  readonly output: Signal & { readonly gradient: Buffer }
  /** What turns logits into outputs, where the loss works on logits. */
  readonly logits?: 'sigmoid' | 'softmax'
}

export interface NetworkOptions {
  readonly batchSize: number
  readonly seed: number
  readonly fold: number
  readonly weightAddresses?: readonly (() => Address)[]
}

/** Plans all layers; the arena is yet to be made. */
export function compileNetwork(
  network: Network,
  recipe: Recipe,
  host: KernelHost,
  options: NetworkOptions,
): CompiledNetwork {
  const arena = planArena(host)
  const zeros = sharedBuffer(arena)
  const scratch = sharedBuffer(arena)
  let count = 0
  const constants = arena.floats(CONSTANT_FLOATS)
  const planner: Planner = {
    kernels: host.kernels,
    arena,
    constants,
    batch: options.batchSize,
    seed: options.seed,
    fold: options.fold,
    zeros: (length) => zeros.ask(length),
    scratch: (length) => scratch.ask(length),
    weight(name, shape, penalised) {
      const length = shape.reduce((product, size) => product * size, 1)
      const own = options.weightAddresses ? undefined : arena.floats(length)
      const address = own ? () => own.at : (options.weightAddresses?.[count] as () => Address)
      count++
      return { name, shape, length, penalised, address, gradient: arena.floats(length) }
    },
  }
  const input = arena.floats(network.steps * options.batchSize * network.features)
  let signal: Signal = {
    width: network.features,
    stride: network.features,
    steps: network.steps,
    value: () => input.at,
  }
  const layers: LayerPlan[] = []
  let logits: 'sigmoid' | 'softmax' | undefined
  for (const [index, layer] of network.layers.entries()) {
    const name = `${layer.kind}_${index}`
    let plan: LayerPlan
    if (layer.kind === 'lstm') plan = planRecurrent(LSTM_CELL, layer, index, name, signal, planner)
    else if (layer.kind === 'gru') plan = planRecurrent(GRU_CELL, layer, index, name, signal, planner)
    else if (layer.kind === 'bidirectional') plan = planBidirectional(layer, index, name, signal, planner)
    else if (layer.kind === 'dropout') plan = planDropout(layer, index, signal, planner)
    else {
      const activation: Activation = layer.activation ?? 'linear'
      const last = index === network.layers.length - 1
      if (last && usesLogits(recipe.loss, activation)) logits = activation as 'sigmoid' | 'softmax'
      plan = planDense(layer, name, signal, planner, last && logits !== undefined)
    }
    layers.push(plan)
    signal = plan.output
  }
  zeros.settle()
  scratch.settle()
  return {
    arena,
    constants,
    layers,
    weights: layers.flatMap((layer) => layer.weights),
    input,
    output: signal as CompiledNetwork['output'],
    ...(logits ? { logits } : {}),
  }
}
