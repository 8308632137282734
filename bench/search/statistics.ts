import { deriveRng } from '@rondo/core'

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

export const mean = (values: readonly number[]): number => sum(values) / values.length

export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(mean(values.map((v) => (v - centre) ** 2)))
}

/** Ends of the central 95 % of the means of resampled values (Efron's percentile bootstrap). */
export function bootstrapInterval(values: readonly number[], resamples = 2000): readonly [number, number] {
  const rng = deriveRng({ seed: 0, purpose: 'bootstrap' })
  const means = Array.from({ length: resamples }, () => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[rng.integer(0, values.length - 1)]!
    return sum / values.length
  }).sort((a, b) => a - b)
  return [means[Math.floor(resamples * 0.025)]!, means[Math.floor(resamples * 0.975)]!]
}
