import { deriveRng, maximize, minimize } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, correctedScore, expectedGain, noiseOf } from '../src/index.ts'
import { boundedNoise, contendersOf } from '../src/score/contenders.ts'

const objective = minimize('val_mae')

/** Studies whose true values are known: `spread` between configurations, `noise` within. */
function simulate(seed: number, { n = 30, spread = 1, noise = 1, folds = 4 }) {
  const rng = deriveRng({ seed, purpose: 'simulation' })
  const foldEffects = Array.from({ length: folds }, () => 5 * rng.normal())
  const truths = Array.from({ length: n }, () => 100 + spread * rng.normal())
  const candidates = truths.map((truth, trial): Candidate => {
    const scores = foldEffects.map((effect) => truth + effect + noise * Math.sqrt(folds) * rng.normal())
    const value = scores.reduce((sum, score) => sum + score, 0) / folds
    return { trial, value, folds: scores, isDefault: trial === 0 }
  })
  const fair = foldEffects.reduce((sum, effect) => sum + effect, 0) / folds
  return { candidates, trueValue: (trial: number) => truths[trial]! + fair }
}

describe('the corrected score of the best of many', () => {
  const studies = Array.from({ length: 200 }, (_, seed) => {
    const { candidates, trueValue } = simulate(seed, {})
    const score = correctedScore(candidates, { seed: 1, objective, samples: 300 })
    return { score, truth: trueValue(score.trial) }
  })
  const average = (of: (study: (typeof studies)[number]) => number): number =>
    studies.reduce((sum, study) => sum + of(study), 0) / studies.length

  test('is right on average where the observed one is too good by more than a standard deviation', () => {
    const illusion = average(({ score, truth }) => truth - score.observed)
    const remaining = average(({ score, truth }) => truth - score.corrected)
    expect(illusion).toBeGreaterThan(1)
    expect(Math.abs(remaining)).toBeLessThan(0.25)
  })

  test('has an interval that holds the true value about nine times in ten', () => {
    const covered = average(({ score, truth }) =>
      score.interval![0] <= truth && truth <= score.interval![1] ? 1 : 0,
    )
    expect(covered).toBeGreaterThan(0.8)
    expect(covered).toBeLessThan(0.99)
  })

  test('gives the default a fair chance', () => {
    // Where the winner is said to be better with probability p, it is in about that share of studies.
    const rated = Array.from({ length: 300 }, (_, seed) => {
      const { candidates, trueValue } = simulate(1000 + seed, { n: 6, spread: 1, noise: 1 })
      const { untuned, trial } = correctedScore(candidates, { seed: 1, objective, samples: 200 })
      return untuned?.probability === undefined
        ? []
        : [{ said: untuned.probability, was: trueValue(trial) < trueValue(untuned.trial) ? 1 : 0 }]
    }).flat()
    const mean = (of: (rating: (typeof rated)[number]) => number): number =>
      rated.reduce((sum, rating) => sum + of(rating), 0) / rated.length
    expect(mean(({ said }) => said)).toBeGreaterThan(0.6)
    expect(Math.abs(mean(({ said }) => said) - mean(({ was }) => was))).toBeLessThan(0.12)
  })

  test('leaves a clear winner nearly alone', () => {
    const { candidates } = simulate(3, { spread: 0.01, noise: 1 })
    const clear = candidates.map((candidate) => ({
      ...candidate,
      ...(candidate.trial === 7 && { value: candidate.value - 50 }),
    }))
    const score = correctedScore(clear, { seed: 1, objective })
    expect(score.trial).toBe(7)
    expect(Math.abs(score.corrected - score.observed)).toBeLessThan(0.3)
    expect(score.untuned!.probability).toBeGreaterThan(0.999)
  })

  test('mirrors itself where more is better', () => {
    const { candidates } = simulate(5, {})
    const mirrored = candidates.map((candidate) => ({
      ...candidate,
      value: -candidate.value,
      folds: candidate.folds!.map((value) => -value),
    }))
    const score = correctedScore(candidates, { seed: 1, objective })
    const mirror = correctedScore(mirrored, { seed: 1, objective: maximize('val_f1') })
    expect(mirror.trial).toBe(score.trial)
    expect(score.corrected).toBeGreaterThan(score.observed)
    expect(mirror.corrected).toBeLessThan(mirror.observed)
    expect(mirror.corrected).toBeCloseTo(-score.corrected, 0)
  })

  test('is that of the configuration with the best mean, not of a repetition that was lucky', () => {
    const candidates: readonly Candidate[] = [
      { trial: 0, value: 12 },
      { trial: 1, value: 15 },
      { trial: 2, value: 10, replicateOf: 1 },
      { trial: 3, value: 17, replicateOf: 1 },
      { trial: 4, value: 16, replicateOf: 1 },
    ]
    expect(correctedScore(candidates, { seed: 1, objective })).toMatchObject({ trial: 0, observed: 12 })
    // Once the repetitions are the better ones on average, the best of them stands for all.
    const better = candidates.map((c) => ({ ...c, value: c.trial === 0 ? 15 : c.value }))
    expect(correctedScore(better, { seed: 1, objective })).toMatchObject({ trial: 2, observed: 14.5 })
  })

  test('says that it corrects nothing where nothing tells the noise', () => {
    const score = correctedScore(
      [
        { trial: 0, value: 3 },
        { trial: 1, value: 2 },
      ],
      { seed: 1, objective },
    )
    expect(score).toEqual({ trial: 1, observed: 2, corrected: 2, candidates: 2 })
  })

  test('stays among the scores where a study is small and its trainings are short', () => {
    // Trials of six epochs whose curves jump by more from one to the next than the trials differ.
    const curves = [
      [2.17, 2.01, 2.06, 1.963, 2.01, 2.2],
      [2.24, 2.4, 2.05, 1.951, 2.05, 2.01],
      [2.31, 2.2, 2.06, 2.44, 1.939, 2.02],
      [2.38, 2.3, 2.44, 2.33, 2.04, 2.029],
      [2.2, 2.24, 2.3, 2.035, 2.08, 2.09],
      [2.16, 2.09, 1.95, 2.08, 1.97, 2.27],
      [3.33, 2.22, 2.13, 2.02, 2.1, 1.935],
      [2.74, 2.44, 2.43, 2.42, 2.3, 2.127],
    ]
    const values = curves.map((curve) => Math.min(...curve))
    const candidates = curves.map(
      (lastEpochs, trial): Candidate => ({ trial, value: values[trial]!, lastEpochs }),
    )
    const { corrected, noise, interval } = correctedScore(candidates, { seed: 1, objective })
    // All that they differ by may be luck, and no more: what is expected is their mean.
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(corrected).toBeCloseTo(mean, 12)
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
    expect(noiseOf(candidates)!.deviation).toBeGreaterThan(noise!.deviation)
    expect(noise!.deviation ** 2).toBeCloseTo(variance * (1 + Math.sqrt(2 / 7)), 12)
    expect(interval![0]).toBeGreaterThan(1.935)
    expect(interval![1]).toBeLessThan(2.2)
  })

  test('is right on average, and its interval too, in studies of five whose noise is taken for half as much again', () => {
    const small = Array.from({ length: 300 }, (_, seed) => {
      const { candidates, trueValue } = simulate(2000 + seed, { n: 5, spread: 0.5, noise: 1 })
      const apart = candidates.map((candidate): Candidate => {
        const { value, folds } = candidate
        return { ...candidate, folds: folds!.map((fold) => value + 1.5 * (fold - value)) }
      })
      const { trial, corrected, interval } = correctedScore(apart, { seed: 1, objective, samples: 200 })
      return { error: corrected - trueValue(trial), interval: interval!, truth: trueValue(trial) }
    })
    const share = (of: (study: (typeof small)[number]) => number): number =>
      small.reduce((sum, study) => sum + of(study), 0) / small.length
    expect(Math.abs(share(({ error }) => error))).toBeLessThan(0.3)
    expect(
      share(({ interval: [low, high], truth }) => (low <= truth && truth <= high ? 1 : 0)),
    ).toBeGreaterThan(0.8)
  })

  test('lies between the best score and the mean of those that could win, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom('folds', 'epochs', 'replicates'),
        fc.boolean(),
        (values, seed, from, up) => {
          const rng = deriveRng({ seed, purpose: 'folds' })
          const candidates = values.map((value, trial): Candidate => {
            const [error, other] = [100 * rng.normal(), 100 * rng.normal()]
            if (from === 'folds') return { trial, value, folds: [value - error, value + error] }
            if (from === 'epochs') return { trial, value, lastEpochs: [0, error, value, other, value] }
            return { trial, value, ...(trial % 2 === 1 && { replicateOf: trial - 1 }) }
          })
          const direction = up ? maximize('val_f1') : objective
          const { observed, corrected, interval } = correctedScore(candidates, {
            seed,
            objective: direction,
            samples: 100,
          })
          const worst = up ? Math.min(...values) : Math.max(...values)
          // Replicates count as one value, their mean.
          const end = from === 'replicates' ? worst : contendersOf(values, direction).centre
          const ordered = up ? [end, corrected, observed] : [observed, corrected, end]
          expect(ordered).toEqual([...ordered].sort((a, b) => a - b))
          if (!interval) return
          expect(interval[0]).toBeLessThanOrEqual(corrected)
          expect(corrected).toBeLessThanOrEqual(interval[1])
        },
      ),
      { numRuns: 100 },
    )
  })

  test('is what was measured where all values are equal, however these round', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 2, max: 30 }), (value, n) => {
        const contenders = contendersOf(new Array<number>(n).fill(value), objective)
        expect(contenders).toMatchObject({ count: n, centre: value, variance: 0 })
        const noise = { deviation: 0.005, from: 'folds' } as const
        expect(boundedNoise(noise, contenders, new Array<number>(n).fill(1))).toEqual(noise)
      }),
    )
  })

  test('needs a trial with a value', () => {
    expect(() => correctedScore([{ trial: 0, value: Number.NaN }], { seed: 1, objective })).toThrow(
      expect.objectContaining({ code: 'RONDO_STUDY_NO_RESULT' }),
    )
  })
})

describe('the noise of a value', () => {
  test('comes from replicates first', () => {
    const candidates = [10, 12, 11, 9, 13].map(
      (value, trial): Candidate => ({ trial, value, ...(trial > 0 && { replicateOf: 0 }) }),
    )
    expect(noiseOf(candidates)).toEqual({ deviation: Math.sqrt(2.5), from: 'replicates' })
  })

  test('comes from folds without counting that some are harder', () => {
    const { candidates } = simulate(11, { n: 200, noise: 2, spread: 4 })
    const noise = noiseOf(candidates)!
    expect(noise.from).toBe('folds')
    expect(noise.deviation).toBeGreaterThan(1.8)
    expect(noise.deviation).toBeLessThan(2.2)
  })

  test('comes from the last epochs otherwise, a trend taken off', () => {
    const rng = deriveRng({ seed: 2, purpose: 'curve' })
    const candidates = Array.from({ length: 40 }, (_, trial): Candidate => {
      const lastEpochs = Array.from({ length: 10 }, (_, epoch) => 100 - 3 * epoch + rng.normal())
      return { trial, value: Math.min(...lastEpochs), lastEpochs }
    })
    const noise = noiseOf(candidates)!
    expect(noise.from).toBe('epochs')
    expect(noise.deviation).toBeGreaterThan(0.75)
    expect(noise.deviation).toBeLessThan(1.2)
  })
})

describe('the expected gain of more trials', () => {
  test('is that of the exponential tail it assumes', () => {
    // The expected best of 60 draws from an exponential tail is 1/51 + … + 1/60 better than that of 50.
    let exact = 0
    for (let n = 51; n <= 60; n++) exact += 1 / n
    let sum = 0
    for (let seed = 0; seed < 400; seed++) {
      const rng = deriveRng({ seed, purpose: 'tail' })
      const values = Array.from({ length: 50 }, () => 100 + Math.log(1 - rng.uniform()))
      sum += expectedGain(values, { objective, more: 10, configurations: 50 })!.gain!
    }
    expect(sum / 400).toBeGreaterThan(0.9 * exact)
    expect(sum / 400).toBeLessThan(1.1 * exact)
  })

  test('falls as trials add up, and with the noise among them', () => {
    const values = Array.from({ length: 30 }, (_, i) => 100 + i)
    const gainAt = (configurations: number, noise = 0): number =>
      expectedGain(values, { objective, more: 10, configurations, noise })!.gain!
    expect(gainAt(300)).toBeLessThan(gainAt(30))
    expect(gainAt(30, 3)).toBeLessThan(gainAt(30))
    expect(gainAt(30, 1000)).toBe(0)
  })

  test('is called nothing only by a study large enough, and too early to tell by a smaller one', () => {
    const gain = (trials: number, { configurations = trials, best = 100 } = {}) =>
      expectedGain(
        Array.from({ length: trials }, (_, i) => best + i / 10),
        { objective, more: 10, configurations, noise: 5 },
      )
    expect(gain(8)).toEqual({ trials: 10 })
    expect(gain(17)).toEqual({ trials: 10 })
    expect(gain(18)).toEqual({ trials: 10, gain: 0 })
    // Ten more are little where a hundred were begun.
    expect(gain(12, { configurations: 100 })).toEqual({ trials: 10, gain: 0 })
    // A floor that has been reached is no matter of evidence.
    expect(gain(8, { best: 0 })).toEqual({ trials: 10, gain: 0 })
  })

  test('is nothing where the metric has come to its end, or nothing is luck', () => {
    const gain = (value: number, noise?: number) =>
      expectedGain(new Array<number>(8).fill(value), {
        objective: maximize('val_accuracy'),
        more: 10,
        configurations: 8,
        ...(noise && { noise }),
      })
    expect(gain(1, 0.01)).toEqual({ trials: 10, gain: 0 })
    expect(gain(0.9)).toEqual({ trials: 10, gain: 0 })
    expect(gain(0.9, 0.01)).toEqual({ trials: 10 })
  })

  test('is not guessed from a handful', () => {
    expect(expectedGain([1, 2, 3], { objective, more: 10, configurations: 3 })).toBeUndefined()
  })
})
