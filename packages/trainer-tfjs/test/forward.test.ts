import { compose, MODEL_BUILDER, type ModelBuilder, type PreparedFold } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import type * as tfjs from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kernelHost } from '../src/backend/kernel-host.ts'
import { startBackend } from '../src/backend/start.ts'
import { predict } from '../src/model/predict.ts'
import { graphOf } from '../src/step/graph.ts'
import { tfjsStep } from '../src/step/tfjs-step.ts'

test('outputs are those of the saved model’s own layers, whatever the shape, sequences of different lengths too', async () => {
  const tf = await startBackend()
  const builder = compose([lstm()]).resolve(MODEL_BUILDER) as ModelBuilder<tfjs.LayersModel>
  const shape = fc.record({
    units: fc.integer({ min: 1, max: 9 }),
    layers: fc.integer({ min: 1, max: 3 }),
    steps: fc.integer({ min: 1, max: 6 }),
    features: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    samples: fc.integer({ min: 1, max: 7 }),
    ragged: fc.boolean(),
    task: fc.constantFrom('forecast' as const, 'classify' as const),
    seed: fc.nat(),
    cell: fc.constantFrom('lstm', 'gru'),
    bidirectional: fc.boolean(),
    layerNormalization: fc.boolean(),
    headUnits: fc.constantFrom(0, 3),
  })
  await fc.assert(
    fc.asyncProperty(shape, async ({ steps, features, outputs, samples, ragged, task, seed, ...params }) => {
      const { model, recipe } = await builder.build({
        params: { ...params, dropout: 0.5, recurrentDropout: 0.5, forgetBias: 0.3, updateBias: 0.2 },
        shapes: { task, steps, features, outputs, ragged },
        seed: (purpose) => seed + purpose.length,
      })
      const rows = samples + steps
      const starts = Int32Array.from({ length: samples }, (_, i) => i)
      const data: PreparedFold = {
        series: Float32Array.from({ length: rows * features }, (_, i) => Math.sin(1 + i * (1 + (seed % 5)))),
        features,
        window: steps,
        targets: new Float32Array(samples * outputs),
        outputs,
        trainStarts: starts,
        trainTargets: starts,
        validationStarts: starts,
        validationTargets: starts,
        ...(ragged ? { lengths: starts.map((i) => 1 + (i % steps)) } : {}),
        score: () => ({}),
        preprocess: {},
      }
      const graph = graphOf(model, data)
      const parts = { tf, model, recipe, data, seed, fold: 0, memoryMb: 100, trial: 0 }
      const step = tfjsStep(parts, graph, await kernelHost(tf, 'portable'))
      const ours = step.predict({ starts, targets: starts })
      const theirs = predict(tf, model, { ...data, starts })
      ours.forEach((value, i) => {
        expect(value).toBeCloseTo(theirs[i]!, 5)
      })
      step.dispose()
      model.dispose()
    }),
    { numRuns: 40 },
  )
})
