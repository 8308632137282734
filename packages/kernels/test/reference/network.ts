import {
  dropoutMask,
  type GruLayer,
  type Layer,
  type LstmLayer,
  type Network,
  type Recipe,
  type TrainingData,
} from '../../src/index.ts'
import {
  type Applied,
  applyBothWays,
  applyDense,
  applyDropout,
  applyGru,
  applyLstm,
  type Masks,
  turn,
  type Values,
} from './layers.ts'
import { sampleLoss } from './losses.ts'

export interface ReferenceBatch {
  readonly starts: Int32Array
  readonly targets: Int32Array
  /** Absent: no dropout. */
  readonly masks?: { readonly seed: number; readonly fold: number; readonly step: number }
}

export interface ReferenceResult {
  readonly lossSum: number
  readonly weight: number
  /** Logits where the loss works on them. */
  readonly outputs: number[][]
  /** Of the weighted mean loss plus penalty, before clipping. */
  readonly gradients: number[][]
}

/** How many weights a layer has. */
const weightCount = (layer: Layer): number => {
  if (layer.kind === 'dropout') return 0
  if (layer.kind === 'bidirectional') return 2 * weightCount(layer.layer)
  return (layer.kind === 'dense' ? 1 : 2) + (layer.useBias === false ? 0 : 1)
}

/** Loss, outputs and gradients of a network in double precision: what the compiled step is measured against. */
export function reference(
  network: Network,
  recipe: Recipe,
  weights: readonly Float32Array[],
  data: TrainingData,
  batch: ReferenceBatch,
): ReferenceResult {
  const { steps, features, layers } = network
  const lengths = data.lengths
    ? [...batch.targets].map((row) => (data.lengths as Int32Array)[row] as number)
    : undefined
  let values: Values = [...batch.starts].map((start, b) =>
    Array.from({ length: steps }, (_, t) =>
      Array.from({ length: features }, (_, n) =>
        lengths && t >= (lengths[b] as number) ? 0 : (data.series[(start + t) * features + n] as number),
      ),
    ),
  )
  const last = layers.at(-1)
  const logits = recipe.loss.name.endsWith('Crossentropy')
  const applied: Applied[] = []
  let first = 0
  for (const [index, layer] of layers.entries()) {
    const own = weights.slice(first, first + weightCount(layer))
    first += own.length
    const width = values[0]?.[0]?.length ?? 0
    const count = values.length
    const { masks: address } = batch
    const draw = (
      use: 'inputs' | 'recurrent',
      length: number,
      rate: number | undefined,
      place = index,
    ): Float32Array | undefined =>
      address && rate ? dropoutMask({ ...address, layer: place, use }, length, rate) : undefined
    const given = (masks: { [K in keyof Masks]: Masks[K] | undefined }) =>
      Object.fromEntries(Object.entries(masks).filter(([, mask]) => mask)) as Masks
    let result: Applied
    const apply = (cell: LstmLayer | GruLayer, cellWeights: Float32Array[], input: Values, place: number) => {
      const inputs = draw('inputs', count * width, cell.dropout, place)
      const recurrent = draw('recurrent', count * cell.units, cell.recurrentDropout, place)
      const drawn = given({ inputs, recurrent })
      if (cell.kind === 'lstm') return applyLstm(cell, cellWeights, input, drawn, lengths)
      return applyGru(cell, cellWeights, input, drawn, lengths)
    }
    if (layer.kind === 'lstm' || layer.kind === 'gru') {
      result = apply(layer, own, values, index)
    } else if (layer.kind === 'bidirectional') {
      const half = own.length / 2
      result = applyBothWays(
        apply(layer.layer, own.slice(0, half), values, index),
        apply(layer.layer, own.slice(half), turn(values, lengths), index + 1000),
        layer.layer.returnSequences ?? false,
        lengths,
      )
    } else if (layer.kind === 'dense') {
      result = applyDense(layer, own, values, layer === last && logits)
    } else {
      const length = count * width * (values[0]?.length ?? 0)
      result = applyDropout(layer, values, given({ inputs: draw('inputs', length, layer.rate) }))
    }
    applied.push(result)
    values = result.output
  }

  const outputs = values.map((sample) => sample[0] as number[])
  const width = outputs[0]?.length ?? 0
  const sampleWeights = [...batch.targets].map((row) => data.weights?.[row] ?? 1)
  const weight = sampleWeights.reduce((sum, w) => sum + w, 0)
  let lossSum = 0
  let gradient: Values = outputs.map((p, b) => {
    const row = batch.targets[b] as number
    const y = [...data.targets.subarray(row * width, (row + 1) * width)]
    const sample = sampleLoss(recipe.loss, p, y)
    const w = sampleWeights[b] as number
    lossSum += w * sample.loss
    return [sample.gradient.map((d) => (d * w) / weight)]
  })
  const gradients: number[][] = []
  for (const layer of applied.toReversed()) {
    const result = layer.backward(gradient)
    gradients.unshift(...result.weights)
    gradient = result.input
  }
  const l2 = recipe.l2 ?? 0
  let n = 0
  for (const layer of layers) {
    const cell = layer.kind === 'bidirectional' ? layer.layer : layer
    const kernels = cell.kind === 'dense' ? 1 : 2
    for (let k = 0; k < weightCount(layer); k++, n++) {
      if (k % weightCount(cell) < kernels)
        gradients[n] = gradients[n]?.map((d, i) => d + 2 * l2 * (weights[n]?.[i] ?? 0)) ?? []
    }
  }
  return { lossSum, weight, outputs, gradients }
}
