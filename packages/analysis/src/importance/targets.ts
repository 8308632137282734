import { isBetter, type Objective } from '@rondo/core'
import type { Observation } from '../observation.ts'
import { quantile } from '../statistics.ts'

/**
 * What the forest learns: the values, with those far on the worse side brought to Tukey's outer fence (the worse quartile
 * and 1.5 interquartile ranges), and failed trials put there. Otherwise one diverged trial would hold all the variance,
 * and importance would only tell what makes training diverge.
 */
export function fencedValues(observations: readonly Observation[], objective: Objective): Float64Array {
  const finite = observations.flatMap(({ value }) =>
    value !== undefined && Number.isFinite(value) ? [value] : [],
  )
  const [low, high] = [quantile(finite, 0.25), quantile(finite, 0.75)]
  const fence = objective.direction === 'minimize' ? high + 1.5 * (high - low) : low - 1.5 * (high - low)
  return Float64Array.from(observations, ({ value }) =>
    value === undefined || !Number.isFinite(value) || isBetter(objective, fence, value) ? fence : value,
  )
}
