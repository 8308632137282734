import { compileStep, type KernelHost, type Recipe } from '../../src/index.ts'
import { uniform } from './random.ts'

const recipe: Recipe = {
  loss: { name: 'mse' },
  optimizer: { name: 'adam' },
  learningRate: 1e-3,
  clipNorm: 1,
}

/** A trial's sizes: they climb in odd strides and fall again, so that no two that follow each other are alike. */
export function sizesOf(trial: number): { units: number; steps: number; batch: number; rows: number } {
  const climb = (period: number, low: number, high: number) => {
    const phase = (trial * 7) % (2 * period)
    const share = (phase < period ? phase : 2 * period - phase) / period
    return Math.round(low * (high / low) ** share)
  }
  return {
    units: climb(19, 3, 70),
    steps: climb(11, 2, 24),
    batch: climb(13, 4, 48),
    rows: climb(17, 1000, 400_000),
  }
}

/** A trial as a tuner runs it: a step, its data, an update, an evaluation. Live until it is disposed of. */
export function trialIn(host: KernelHost, trial: number): { readonly bytes: number; dispose(): void } {
  const { units, steps, batch, rows } = sizesOf(trial)
  const features = 1 + (trial % 4)
  const step = compileStep(
    {
      steps,
      features,
      layers: [
        { kind: 'lstm', units, dropout: 0.1, returnSequences: trial % 2 === 0 },
        ...(trial % 2 === 0 ? [{ kind: 'gru', units: Math.ceil(units / 2) } as const] : []),
        { kind: 'dense', units: 1 },
      ],
    },
    recipe,
    host,
    { batchSize: batch, seed: trial },
  )
  const series = new Float32Array(rows * features).fill(0.5)
  const targets = series.subarray(0, rows)
  step.load({ series, targets })
  step.setWeights(
    step.weightDescriptions.map(({ shape }, n) =>
      uniform(
        shape.reduce((product, size) => product * size, 1),
        n,
        0.1,
      ),
    ),
  )
  const starts = Int32Array.from({ length: Math.min(batch, rows - steps) }, (_, b) => b)
  const { lossSum } = step.train(starts, starts, 0)
  if (!Number.isFinite(lossSum)) throw new Error(`trial ${trial} gives the loss ${lossSum}`)
  return { bytes: step.bytes + series.byteLength + targets.byteLength, dispose: () => step.dispose() }
}
