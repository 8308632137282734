import { deriveRng, type ModelShapes, type Params } from '@rondo/core'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lstm } from '../src/index.ts'
import { orthogonal } from '../src/orthogonal.ts'

const shapes: ModelShapes = { task: 'forecast', steps: 5, features: 3, outputs: 1, ragged: false }
const seed = (purpose: string): number => deriveRng({ seed: 1, purpose }).uint32()
const build = async (params: Params, over: Partial<ModelShapes> = {}) => {
  const builder = lstm().create() as ReturnType<ReturnType<typeof import('../src/lstm.ts')['lstm']>['create']> & {
    build(request: object): Promise<{ model: tf.LayersModel; recipe: Record<string, unknown> }>
  }
  return builder.build({ params, shapes: { ...shapes, ...over }, seed })
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})
afterAll(() => tf.disposeVariables())

describe('the LSTM builder', () => {
  test('stacks layers with their own units and passes sequences on between them', async () => {
    const { model } = await build({ layers: 3, units: 4, 'units[2]': 6 })
    expect(model.layers.map((layer) => layer.name)).toEqual([
      'lstm_1',
      'dropout_1',
      'lstm_2',
      'dropout_2',
      'lstm_3',
      'dropout_3',
      'output',
    ])
    expect(model.layers.map((layer) => (layer.outputShape as number[]).slice(1))).toEqual([
      [5, 4],
      [5, 4],
      [5, 6],
      [5, 6],
      [4],
      [4],
      [1],
    ])
    model.dispose()
  })

  test('gives the same weights for the same seeds, whatever was built before, and others for others', async () => {
    const values = async (): Promise<number[]> => {
      const { model } = await build({ units: 8 })
      const flat = model.getWeights().flatMap((weight) => [...weight.dataSync()])
      model.dispose()
      return flat
    }
    const first = await values()
    expect(await values()).toEqual(first)
    const other = await lstm().create().build!({ params: { units: 8 }, shapes, seed: () => 7 })
    const otherModel = other.model as tf.LayersModel
    expect([...otherModel.getWeights()[0]!.dataSync()]).not.toEqual(first.slice(0, 96))
    otherModel.dispose()
  })
})

test('orthogonal is orthonormal along its shorter side', () => {
  const q = orthogonal(3, 12, deriveRng({ seed: 3, purpose: 'q' }))
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      let dot = 0
      for (let c = 0; c < 12; c++) dot += q[a * 12 + c]! * q[b * 12 + c]!
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 6)
    }
  }
})
