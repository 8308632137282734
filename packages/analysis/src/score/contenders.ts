import type { Objective } from '@rondo/core'
import { mean, quantile, variance } from '../statistics.ts'
import type { Noise } from './noise.ts'

/** The configurations that could win at all: others are so much worse that they tell nothing of luck. */
export interface Contenders {
  /** For each configuration of the study. */
  readonly canWin: readonly boolean[]
  readonly count: number
  /** The mean of their values: what the winner is worth where all differences are luck. */
  readonly centre: number
  /** The variance of their values, which has luck in it and what is true of them. */
  readonly variance: number
}

/** Leaves out what lies beyond Tukey's fence on the worse side. */
export function contendersOf(values: readonly number[], { direction }: Objective): Contenders {
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)]
  const reach = 1.5 * (high - low)
  const canWin = values.map((value) =>
    direction === 'minimize' ? value <= high + reach : value >= low - reach,
  )
  const contenders = values.filter((_, i) => canWin[i])
  const [first] = contenders
  // Of equal values the mean may round to another one, and their variance to more than 0.
  if (contenders.every((value) => value === first))
    return { canWin, count: contenders.length, centre: first!, variance: 0 }
  return { canWin, count: contenders.length, centre: mean(contenders), variance: variance(contenders) }
}

/**
 * The noise as far as the values allow it. Values of the same noise whose true ones differ have a larger variance, on
 * average, than the noise alone. So an estimate above the variance of n values by more than the standard error of that,
 * a share of √(2/(n − 1)), is brought down there: it tells of something else, such as curves of few epochs that still
 * turn, while a best epoch is chosen from them.
 *
 * @param sizes For each configuration, how often it was tried: its value is the mean of so many.
 */
export function boundedNoise(
  noise: Noise,
  { canWin, count, variance: spread }: Contenders,
  sizes: readonly number[],
): Noise {
  // Values that are all the same say nothing of noise.
  if (spread === 0) return noise
  const share = mean(sizes.filter((_, i) => canWin[i]).map((size) => 1 / size))
  const most = Math.sqrt((spread * (1 + Math.sqrt(2 / (count - 1)))) / share)
  return { ...noise, deviation: Math.min(noise.deviation, most) }
}
