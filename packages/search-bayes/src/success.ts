import type { Rng } from '@rondo/core'
import type { SuccessModel } from './acquisition/landscape.ts'
import { hasFailed } from './configurations.ts'
import { fitTheta } from './gp/fit.ts'
import { marginalLikelihood } from './gp/marginal-likelihood.ts'
import { Posterior } from './gp/posterior.ts'
import { standardPrior } from './gp/prior.ts'
import { keptRows, selectRows } from './gp/subset.ts'
import { logNormalCdf } from './numerics/normal.ts'
import { featuresOf, type Surrogate } from './surrogate.ts'

/** Rows that the model of success is made of, at most. */
const MOST = 150

/**
 * The probability that a configuration does not fail: a Gaussian process on labels ±1 (least-squares classification,
 * Rasmussen and Williams 2006, section 6.5), squashed by Φ.
 */
export function successModelOf({ measured, encoding }: Surrogate, rng: Rng): SuccessModel {
  const { metric } = encoding
  const d = metric.length
  const every = {
    x: featuresOf(measured, encoding),
    y: Float64Array.from(measured, (c) => (hasFailed(c) ? -1 : 1)),
    repeats: new Float64Array(measured.length).fill(1),
  }
  const rows = selectRows(every, keptRows(every, metric, MOST))
  const prior = standardPrior(d)
  const posterior = new Posterior(
    rows,
    fitTheta(marginalLikelihood(rows, metric), prior, { anew: true, random: 0, rng }),
    metric,
  )
  return {
    logProbability: (features) => {
      const { mean, sd } = posterior.predict(features)
      return logNormalCdf(mean / Math.hypot(sd, 0.3))
    },
  }
}
