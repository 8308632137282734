import { compileStep, type Numerics, type Optimizer, standaloneHost } from '@rondo/kernels'
import { filler, type PeerKind } from '../peer.ts'

/** The compiled step on a memory of its own, with Adam as the others, or another optimizer. */
export const compiled = (numerics: Numerics, optimizer: Optimizer = { name: 'adam' }): PeerKind => ({
  name: optimizer.name === 'adam' ? `compiled, ${numerics}` : `${numerics}, ${optimizer.name}`,
  async make({ batch, steps, features, units }) {
    const step = compileStep(
      {
        steps,
        features,
        layers: [
          { kind: 'lstm', units, recurrentActivation: 'sigmoid' },
          { kind: 'dropout', rate: 0.2 },
          { kind: 'dense', units: 1 },
        ],
      },
      { loss: { name: 'mse' }, optimizer, learningRate: 1e-4, clipNorm: 1 },
      await standaloneHost({ numerics }),
      { batchSize: batch, seed: 1 },
    )
    const rows = 4 * batch + steps
    step.load({ series: filler(rows * features), targets: filler(rows) })
    step.setWeights(
      step.weightDescriptions.map(({ shape }) =>
        filler(
          shape.reduce((product, size) => product * size, 1),
          0.1,
        ),
      ),
    )
    const starts = Int32Array.from({ length: batch }, (_, b) => 3 * b)
    let n = 0
    return {
      async run(updates) {
        for (const end = n + updates; n < end; n++) step.train(starts, starts, n)
        return undefined
      },
      dispose: () => step.dispose(),
    }
  },
})
