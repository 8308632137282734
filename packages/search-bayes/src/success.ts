import type { Rng } from '@rondo/core'
import type { SuccessModel } from './acquisition/landscape.ts'
import type { Encoding } from './encoding/encoding.ts'
import { fitTheta } from './gp/fit.ts'
import { Posterior } from './gp/posterior.ts'
import { standardPrior } from './gp/prior.ts'
import { keptRows } from './gp/subset.ts'
import { logNormalCdf } from './numerics/normal.ts'
import { featuresOf, type Surrogate } from './surrogate.ts'

/** Rows that the model of success is made of, at most. */
const MOST = 150

/**
 * The probability that a configuration does not fail: a Gaussian process on labels ±1 (least-squares classification,
 * Rasmussen and Williams 2006, section 6.5), squashed by Φ.
 */
export function successModelOf({ measured }: Surrogate, encoding: Encoding, rng: Rng): SuccessModel {
  const { metric } = encoding
  const d = metric.length
  const every = featuresOf(measured, encoding)
  const labels = Float64Array.from(measured, ({ value }) => (Number.isNaN(value) ? -1 : 1))
  const kept = keptRows(every, labels, MOST)
  const rows = {
    x: Float64Array.from(kept.flatMap((i) => [...every.subarray(i * d, i * d + d)])),
    y: Float64Array.from(kept, (i) => labels[i]!),
    repeats: new Float64Array(kept.length).fill(1),
  }
  const prior = standardPrior(d)
  const posterior = new Posterior(rows, fitTheta(rows, metric, prior, { random: 0, rng }), metric)
  return {
    logProbability: (features) => {
      const { mean, sd } = posterior.predict(features)
      return logNormalCdf(mean / Math.hypot(sd, 0.3))
    },
  }
}
