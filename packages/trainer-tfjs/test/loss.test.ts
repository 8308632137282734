import type { Loss } from '@rondo/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { startBackend, type Tf } from '../src/backend/start.ts'
import { sampleLoss } from '../src/loss/loss.ts'

let tf: Tf
beforeAll(async () => {
  tf = await startBackend()
})

const lossOf = (loss: Loss, predicted: number[][], targets: number[][]): number[] =>
  tf.tidy(() => [...sampleLoss(tf, loss, tf.tensor2d(predicted), tf.tensor2d(targets)).dataSync()])

describe('the loss of a sample is the mean over its outputs', () => {
  const predicted = [
    [1, -2],
    [0.5, 4],
  ]
  const targets = [
    [0, 1],
    [0, 1],
  ]
  const cases: readonly [Loss, number[]][] = [
    [{ name: 'mse' }, [5, 4.625]],
    [{ name: 'mae' }, [2, 1.75]],
    [{ name: 'huber', delta: 1 }, [(0.5 + 2.5) / 2, (0.125 + 2.5) / 2]],
    // d = target − prediction = [−1, 3], [−.5, −3]; the first output has τ = .1, the second .9.
    [{ name: 'pinball', quantiles: [0.1, 0.9] }, [(0.9 + 2.7) / 2, (0.45 + 0.3) / 2]],
    [
      { name: 'binaryCrossentropy' },
      [
        (Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(2))) / 2,
        (Math.log1p(Math.exp(0.5)) + Math.log1p(Math.exp(-4))) / 2,
      ],
    ],
    [{ name: 'categoricalCrossentropy' }, [Math.log1p(Math.exp(3)), Math.log1p(Math.exp(-3.5))]],
  ]
  test.each(cases)('%o', (loss, expected) => {
    lossOf(loss, predicted, targets).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 5)
    })
  })
})

test('cross-entropies of extreme logits are finite, and so are their gradients', () => {
  for (const name of ['binaryCrossentropy', 'categoricalCrossentropy'] as const) {
    const gradient = tf.tidy(() => {
      const targets = tf.tensor2d([[0, 1]])
      const of = (logits: import('@tensorflow/tfjs').Tensor): import('@tensorflow/tfjs').Scalar =>
        tf.sum(sampleLoss(tf, { name }, logits as import('@tensorflow/tfjs').Tensor2D, targets))
      return [
        ...tf
          .grad(of)(tf.tensor2d([[500, -500]]))
          .dataSync(),
      ]
    })
    expect(lossOf({ name }, [[500, -500]], [[0, 1]])[0]).toBeCloseTo(
      name === 'binaryCrossentropy' ? 500 : 1000,
      2,
    )
    expect(gradient.every(Number.isFinite)).toBe(true)
  }
})
