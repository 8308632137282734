import { compileStep } from './compile-step.ts'
import type { KernelHost } from './host.ts'
import type { Network } from './network.ts'
import { philox } from './random/philox.ts'

/** Layers of each kind, in sizes that take tiles of every shape. */
const NETWORK: Network = {
  steps: 5,
  features: 3,
  layers: [
    { kind: 'lstm', units: 21, returnSequences: true, recurrentActivation: 'sigmoid', recurrentDropout: 0.2 },
    { kind: 'bidirectional', layer: { kind: 'gru', units: 16, returnSequences: true, dropout: 0.2 } },
    { kind: 'lstm', units: 9, activation: 'relu' },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'dense', units: 18, activation: 'tanh' },
    { kind: 'dense', units: 2 },
  ],
}

/** Samples of each update. */
const BATCHES = [17, 6, 3, 1]

function values(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => philox([n, 0, 0, 0], [seed, 7])[0] / 2 ** 31 - 1)
}

/** All that a few updates of a small network leave behind, as text: the same where the kernels give the same bits. */
export function trialDigest(host: KernelHost): string {
  const step = compileStep(
    NETWORK,
    { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 0.01, clipNorm: 1 },
    host,
    { batchSize: BATCHES[0] as number },
  )
  const rows = 40
  const series = values(rows * NETWORK.features, 1)
  step.load({
    series,
    targets: values(rows * 2, 2),
    lengths: Int32Array.from({ length: rows }, (_, n) => n % 6),
  })
  step.setWeights(
    step.weightDescriptions.map(({ shape }, n) =>
      values(
        shape.reduce((product, size) => product * size, 1),
        n + 3,
      ).map((value) => value / 2),
    ),
  )
  for (const [update, batch] of BATCHES.entries()) {
    const starts = Int32Array.from({ length: batch }, (_, n) => 2 * n)
    step.train(starts, starts, update)
  }
  const bits = new Uint32Array(step.snapshot().slice().buffer).join()
  step.dispose()
  return bits
}
