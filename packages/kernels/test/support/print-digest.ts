/** Trains for twenty updates and prints the digest of all that the next one depends on. */
import { createHash } from 'node:crypto'
import { buildFor, type Numerics } from '../../src/index.ts'
import { makeCase } from './case.ts'

const { step, starts, targets } = await makeCase(
  {
    steps: 9,
    features: 3,
    layers: [
      { kind: 'lstm', units: 13, returnSequences: true, dropout: 0.1, recurrentDropout: 0.2 },
      { kind: 'lstm', units: 16, recurrentActivation: 'sigmoid' },
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 2 },
    ],
  },
  { loss: { name: 'mse' }, optimizer: { name: 'adam' }, learningRate: 0.01, clipNorm: 1 },
  { batch: 12, build: buildFor(process.argv[2] as Numerics) },
)
for (let update = 0; update < 20; update++) step.train(starts, targets, update)
console.log(createHash('sha256').update(step.snapshot()).digest('hex'))
