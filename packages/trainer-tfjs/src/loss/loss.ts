import type { Loss } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import type { Tf } from '../backend/start.ts'

/**
 * The loss of each sample `[batch]`, the mean over its outputs. `predicted` and `targets` are `[batch, outputs]`; for
 * the cross-entropies `predicted` are logits, so that no probability is rounded to 0.
 */
export function sampleLoss(
  tf: Tf,
  loss: Loss,
  predicted: tfjs.Tensor2D,
  targets: tfjs.Tensor2D,
): tfjs.Tensor1D {
  switch (loss.name) {
    case 'mse':
      return tf.mean(tf.square(tf.sub(predicted, targets)), 1)
    case 'mae':
      return tf.mean(tf.abs(tf.sub(predicted, targets)), 1)
    case 'huber':
      return tf.mean(huber(tf, tf.abs(tf.sub(predicted, targets)), loss.delta), 1)
    case 'pinball':
      return tf.mean(pinball(tf, tf.sub(targets, predicted), loss.quantiles), 1)
    case 'binaryCrossentropy':
      return tf.mean(logisticLoss(tf, predicted, targets), 1)
    case 'categoricalCrossentropy':
      return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(predicted)), 1))
  }
}

/** d²/2 up to δ and δ·d − δ²/2 beyond (Huber, 1964), of absolute differences d, as q²/2 + δ·(d − q) with q = min(d, δ). */
function huber(tf: Tf, difference: tfjs.Tensor, delta: number): tfjs.Tensor {
  const beyond = tf.relu(tf.sub(difference, delta))
  const within = tf.sub(difference, beyond)
  return tf.add(tf.mul(0.5, tf.square(within)), tf.mul(delta, beyond))
}

/**
 * max(τ·d, (τ − 1)·d) of differences d = target − prediction (Koenker and Bassett, 1978). Quantiles go round over the
 * outputs: with q of them output j has τ number j mod q.
 */
function pinball(tf: Tf, difference: tfjs.Tensor2D, quantiles: readonly number[]): tfjs.Tensor {
  const outputs = difference.shape[1]
  const tau = tf.tensor1d(Array.from({ length: outputs }, (_, j) => quantiles[j % quantiles.length]!))
  // τ·d⁺ + (1 − τ)·d⁻
  return tf.add(tf.mul(tau, tf.relu(difference)), tf.mul(tf.sub(1, tau), tf.relu(tf.neg(difference))))
}

/** −y·log σ(x) − (1 − y)·log(1 − σ(x)) = max(x, 0) − x·y + log(1 + e^−|x|). */
function logisticLoss(tf: Tf, logits: tfjs.Tensor, targets: tfjs.Tensor): tfjs.Tensor {
  const tail = tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits)))))
  return tf.add(tf.sub(tf.relu(logits), tf.mul(logits, targets)), tail)
}
