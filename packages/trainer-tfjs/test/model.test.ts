import { createHash } from 'node:crypto'
import { lstm } from '@rondo/models-lstm'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { kernelHost } from '../src/backend/kernel-host.ts'
import { predictWindows, readNetwork } from '../src/index.ts'
import { leg, listen, workplace } from './fixtures/study.ts'

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

describe('what a leg leaves behind', () => {
  test('is a model that plain tfjs loads, with params, preprocessing and metrics, for each fold', async () => {
    const place = workplace()
    const { model } = await place.trainer.run(leg({ budget: { epochs: 2, folds: 2 } }), listen(place))
    const files = await place.artifacts.read(model!)
    expect(Object.keys(files).sort()).toEqual([
      'fold-1/model.json',
      'fold-1/preprocess.json',
      'fold-1/weights.bin',
      'metrics.json',
      'model.json',
      'params.json',
      'preprocess.json',
      'weights.bin',
    ])
    const { modelTopology, weightsManifest } = JSON.parse(text(files['model.json']))
    const loaded = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: files['weights.bin']!.slice().buffer,
      }),
    )
    expect(loaded.inputs[0]!.shape).toEqual([null, 8, 2])
    expect(loaded.countParams()).toBe(4 * 6 * (2 + 6 + 1) + 7)
    expect(JSON.parse(text(files['params.json']))).toEqual({ window: 8 })
    loaded.dispose()
  })

  test('is scored on the test rows beside the baselines, better than them, without a trace of training', async () => {
    const place = workplace({ model: lstm({ units: 8, learningRate: 0.02, batchSize: 16 }) })
    const budget = { epochs: 12, folds: 1 }
    const trained = await place.trainer.run(leg({ budget, fullBudget: budget }), listen(place))
    const result = await place.trainer.run(
      leg({ kind: 'evaluate', leg: 1, budget, from: trained.model! }),
      listen(place),
    )
    const best = trained.measurements.reduce((a, b) => (b.metrics.val_mae! < a.metrics.val_mae! ? b : a))
    expect(result.measurements).toHaveLength(1)
    expect(result.measurements[0]!.epoch).toBe(best.epoch)
    const [naive] = result.summary!.baselines as unknown as { metrics: { mae: number } }[]
    expect(result.measurements[0]!.metrics.mae).toBeLessThan(naive!.metrics.mae)
    expect(result.checkpoint).toBeUndefined()
  })

  test('predicts windows of new rows as it did those that it was trained with', async () => {
    const place = workplace()
    const { model } = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
    const files = await place.artifacts.read(model!)
    const series = Float32Array.from({ length: 600 * 2 }, (_, i) => Math.sin(i))
    const starts = Int32Array.from({ length: 500 }, (_, i) => i)
    const outputs = await predictWindows(files, { series, features: 2, window: 8, starts })
    expect(outputs).toHaveLength(500)
    const alone = await predictWindows(files, {
      series: series.subarray(2 * 499),
      features: 2,
      window: 8,
      starts: starts.subarray(0, 1),
    })
    expect(outputs[499]).toBeCloseTo(alone[0]!, 6)
    await expect(
      predictWindows({ 'model.json': files['model.json']! }, { series, features: 2, window: 8, starts }),
    ).rejects.toMatchObject({ code: 'RONDO_ARTIFACT_MISSING', value: 'weights.bin' })
  })

  test('is refused with weights that are not its own, be they of another model of the same shapes', async () => {
    const place = workplace()
    const budget = { epochs: 1, folds: 1 }
    const [files, others] = await Promise.all(
      [0, 1].map(async (trial) => {
        const { model } = await place.trainer.run(leg({ trial, budget }), listen(place))
        return place.artifacts.read(model!)
      }),
    )
    const read = (weights: Uint8Array) => () => readNetwork({ ...files, 'weights.bin': weights }, 'best/')
    const own = files!['weights.bin']!
    const other = others!['weights.bin']!
    const flipped = own.map((byte, i) => (i === 5 ? byte ^ 1 : byte))
    expect(read(own)().weights).toEqual(own)
    expect(other.length).toBe(own.length)
    for (const weights of [other, flipped]) {
      const hash = createHash('sha256').update(weights).digest('hex')
      expect(read(weights)).toThrow(
        expect.objectContaining({
          code: 'RONDO_ARTIFACT_DAMAGED',
          message: expect.stringContaining(
            'best/weights.bin is not what model.json beside it was written with',
          ),
          value: hash,
          place: { file: 'best/weights.bin' },
          remedy: expect.stringContaining('Copy the whole folder'),
        }),
      )
    }
    const windows = { series: new Float32Array(16), features: 2, window: 8, starts: Int32Array.of(0) }
    await expect(predictWindows({ ...files, 'weights.bin': flipped }, windows)).rejects.toMatchObject({
      code: 'RONDO_ARTIFACT_DAMAGED',
    })
    // As another program, or a version before, writes it.
    const { userDefinedMetadata: _, ...model } = JSON.parse(text(files!['model.json']))
    const unsigned = { ...files, 'model.json': new TextEncoder().encode(JSON.stringify(model)) }
    expect(() => readNetwork(unsigned)).toThrow(
      expect.objectContaining({
        code: 'RONDO_ARTIFACT_DAMAGED',
        message: expect.stringContaining('model.json has no hash of its weights'),
        remedy: expect.stringContaining('rondo finish'),
      }),
    )
  })

  test.each(['compiled', 'tfjs'] as const)(
    'twenty rounds of the same trials on the %s step leave no tensor and no memory behind',
    async (step) => {
      const place = workplace({ trainer: { step } })
      const round = async (): Promise<void> => {
        for (let trial = 0; trial < 5; trial++) {
          await place.trainer.run(leg({ trial, budget: { epochs: 1, folds: 1 } }), listen(place))
        }
      }
      await round()
      const { numTensors, numBytes } = tf.memory()
      const kernelBytes = (await kernelHost(tf, 'fast')).memory.buffer.byteLength
      for (let i = 0; i < 19; i++) await round()
      expect(tf.memory()).toMatchObject({ numTensors, numBytes })
      expect((await kernelHost(tf, 'fast')).memory.buffer.byteLength).toBe(kernelBytes)
    },
    120_000,
  )
})
