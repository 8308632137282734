import { ACTIVATION_CODES } from './kernels.ts'
import { usesLogits } from './losses.ts'
import type { Activation, Network, Recipe } from './network.ts'
import { UPDATE_RULES } from './optimizer/update-rule.ts'

const HIDDEN = Object.keys(ACTIVATION_CODES)
const RECURRENT = ['sigmoid', 'hardSigmoid']
const LOSSES = ['mse', 'mae', 'huber', 'pinball', 'binaryCrossentropy', 'categoricalCrossentropy']

/**
 * What of a network and its recipe the compiled step does not do, one phrase each; empty where it does all. The inputs
 * may be any plain data that claims to be a network: unknown layers are named.
 */
export function uncovered(network: Network, recipe: Recipe): readonly string[] {
  const missing: string[] = []
  let sequence = true
  const last = network.layers.at(-1)
  for (const [index, layer] of network.layers.entries()) {
    const at = `layers[${index}]`
    const kind: string = layer.kind
    // One that reads both ways is as the layer within it.
    const recurrent = layer.kind === 'bidirectional' ? layer.layer : layer
    if (recurrent.kind === 'lstm' || recurrent.kind === 'gru') {
      if (!sequence) missing.push(`${at}: ${kind} on an input that is no sequence`)
      const { activation = 'tanh', recurrentActivation = 'hardSigmoid' } = recurrent
      if (!HIDDEN.includes(activation)) missing.push(`${at}: ${recurrent.kind} activation ${activation}`)
      if (!RECURRENT.includes(recurrentActivation)) {
        missing.push(`${at}: ${recurrent.kind} recurrent activation ${recurrentActivation}`)
      }
      sequence = recurrent.returnSequences ?? false
    } else if (layer.kind === 'dense') {
      const activation = layer.activation ?? 'linear'
      const logits = layer === last && usesLogits(recipe.loss, activation)
      if (!HIDDEN.includes(activation) && !logits) {
        missing.push(`${at}: dense activation ${activation} without a cross-entropy behind it`)
      }
    } else if (layer.kind === 'bidirectional') {
      missing.push(`${at}: bidirectional ${recurrent.kind}`)
    } else if (layer.kind !== 'dropout') {
      missing.push(`${at}: layer ${kind}`)
    }
  }
  if (last === undefined || sequence) missing.push('output that is a sequence')
  if (!LOSSES.includes(recipe.loss.name)) missing.push(`loss ${recipe.loss.name}`)
  else if (recipe.loss.name.endsWith('Crossentropy')) {
    const activation: Activation = last?.kind === 'dense' ? (last.activation ?? 'linear') : 'linear'
    if (!usesLogits(recipe.loss, activation)) {
      missing.push(`loss ${recipe.loss.name} of an output with activation ${activation}`)
    }
  }
  if (!UPDATE_RULES.includes(recipe.optimizer.name)) missing.push(`optimizer ${recipe.optimizer.name}`)
  return missing
}
