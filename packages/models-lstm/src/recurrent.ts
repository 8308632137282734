import type * as tfjs from '@tensorflow/tfjs'
import type { Plan, Tf } from './build.ts'
import type { LstmHyperparameters } from './hyperparameters.ts'
import { initializer } from './initializer.ts'

/** Adds recurrent layer `number`, counted from 1, with its first weights. */
export function addRecurrent(tf: Tf, model: tfjs.Sequential, plan: Plan, number: number): void {
  const { values, shapes } = plan
  const name = `${values.cell}_${number}`
  const place = number === 1 && !shapes.ragged ? { inputShape: [shapes.steps, shapes.features] } : {}
  if (!values.bidirectional) {
    const layer = cellLayer(tf, plan, number, name, place)
    model.add(layer)
    setBias(tf, [layer], values, number)
    return
  }
  // The wrapper makes two copies of the layer by its config, with the same seeds: their weights are set one by one.
  const pattern = cellLayer(tf, plan, number, name, {}, 'glorotUniform') as tfjs.RNN
  const both = tf.layers.bidirectional({
    name: `both_${name}`,
    layer: pattern,
    mergeMode: 'concat',
    ...place,
  })
  model.add(both)
  setDirections(tf, both, plan, name)
  setBias(tf, directionsOf(both), values, number)
}

function cellLayer(
  tf: Tf,
  { values, seed }: Plan,
  number: number,
  name: string,
  place: { readonly inputShape?: number[] },
  recurrentInitializer = values.recurrentInitializer,
): tfjs.layers.Layer {
  const options = {
    name,
    ...place,
    units: values.unitsByLayer[number - 1]!,
    activation: values.activation,
    recurrentActivation: values.recurrentActivation,
    recurrentDropout: values.recurrentDropout,
    kernelInitializer: initializer(tf, values.kernelInitializer, seed(`${name}/kernel`)),
    recurrentInitializer: initializer(tf, recurrentInitializer, seed(`${name}/recurrent_kernel`)),
    biasInitializer: 'zeros' as const,
    returnSequences: number < values.unitsByLayer.length,
  }
  return values.cell === 'gru' ? tf.layers.gru(options) : tf.layers.lstm({ ...options, unitForgetBias: true })
}

/** The two layers within a bidirectional one, by the names in tfjs's sources. */
const directionsOf = (layer: tfjs.layers.Layer): readonly tfjs.layers.Layer[] => {
  const { forwardLayer, backwardLayer } = layer as unknown as {
    readonly forwardLayer: tfjs.layers.Layer
    readonly backwardLayer: tfjs.layers.Layer
  }
  return [forwardLayer, backwardLayer]
}

function setDirections(tf: Tf, both: tfjs.layers.Layer, { values, seed }: Plan, name: string): void {
  directionsOf(both).forEach((layer, i) => {
    const [kernel, recurrentKernel, bias] = layer.getWeights()
    const purpose = i === 0 ? name : `${name}/backward`
    const first = initializer(tf, values.kernelInitializer, seed(`${purpose}/kernel`))
    const second = initializer(tf, values.recurrentInitializer, seed(`${purpose}/recurrent_kernel`))
    layer.setWeights([first.apply(kernel!.shape), second.apply(recurrentKernel!.shape), bias!])
  })
}

/** What the biases of the gates begin with, in the order in which tfjs lays the gates out; 0 for the candidate. */
function gateBiases(values: LstmHyperparameters): readonly number[] {
  const { cell, inputBias, forgetBias, outputBias, updateBias, resetBias } = values
  return cell === 'gru' ? [updateBias, resetBias, 0] : [inputBias, forgetBias, 0, outputBias]
}

function setBias(
  tf: Tf,
  layers: readonly tfjs.layers.Layer[],
  values: LstmHyperparameters,
  number: number,
): void {
  const units = values.unitsByLayer[number - 1]!
  for (const layer of layers) {
    const [kernel, recurrentKernel] = layer.getWeights()
    const bias = gateBiases(values).flatMap((value) => new Array<number>(units).fill(value))
    layer.setWeights([kernel!, recurrentKernel!, tf.tensor1d(bias)])
  }
}
