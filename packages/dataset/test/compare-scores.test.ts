import { deriveRng } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockLength } from '../src/comparison/block-length.ts'
import { compareScores } from '../src/index.ts'
import { cut, daily, file, load, table } from './files.ts'

/** A forecast of days, with models that are off by what they are told to. */
async function models(rows: number, errors: readonly ((sample: number) => number)[]) {
  const dataset = await load(file(daily(rows, { y: (day) => day % 7 })), { target: 'y', seasons: [] })
  const view = dataset.development()
  const fold = view.prepare(cut(view.targets(3).targets, 0.3), {
    window: 3,
    scale: 'none',
    targetTransform: 'level',
  })
  return errors.map((error) =>
    fold.scored(
      Float32Array.from(fold.validationTargets, (row, sample) => fold.targets[row]! + error(sample)),
    ),
  )
}

const noise = (seed: number) => {
  const rng = deriveRng({ seed, purpose: 'noise' })
  return () => rng.normal()
}

function autoregression(n: number, factor: number, seed: number): Float64Array {
  const draw = noise(seed)
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) values[i] = factor * (values[i - 1] ?? 0) + draw()
  return values
}

describe('the difference of two scores', () => {
  test('is that of the metrics, between the ends of its interval, whatever the errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom('mae', 'rmse', 'smape'), async (seed, metric) => {
        const [a, b] = [noise(seed), noise(seed + 1)]
        const [own, other] = await models(120, [() => a(), () => 0.5 + b()])
        const [difference] = compareScores(own!, [other!], { metric, seed })
        const { value, low, high, coverage } = difference!
        const scores = [own!, other!].map(({ scorer, predicted }) => scorer.score(predicted)[metric]!)
        expect(value).toBeCloseTo(scores[0]! - scores[1]!, 12)
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(coverage).toBe(0.9)
        expect(compareScores(own!, [other!], { metric, seed })[0]).toEqual(difference)
        // The other way round it has the other sign.
        const [reverse] = compareScores(other!, [own!], { metric, seed })
        expect(reverse!.value).toBeCloseTo(-value, 12)
        expect(reverse!.low).toBeCloseTo(-high, 12)
      }),
      { numRuns: 6 },
    )
  })

  test('to itself is nothing, and to one with a constant lead it is certain', async () => {
    const [own, worse] = await models(150, [() => 1, () => 3])
    expect(compareScores(own!, [own!, worse!], { metric: 'mae', seed: 1 })).toEqual([
      { value: 0, low: 0, high: 0, coverage: 0.9 },
      {
        value: expect.closeTo(-2, 5),
        low: expect.closeTo(-2, 5),
        high: expect.closeTo(-2, 5),
        coverage: 0.9,
      },
    ])
  })

  /** Errors that are 2 or 0 for a month at a time say less than as many that change every day. */
  test('is less certain where the errors come in long spells', async () => {
    const spell = (length: number) => {
      const draw = noise(length)
      let now = 0
      return (sample: number) => {
        if (sample % length === 0) now = draw() > 0 ? 2 : 0
        return now
      }
    }
    const width = async (length: number) => {
      const [own, other] = await models(900, [spell(length), () => 1])
      const [difference] = compareScores(own!, [other!], { metric: 'mae', seed: 4 })
      return difference!.high - difference!.low
    }
    expect(await width(30)).toBeGreaterThan(2.5 * (await width(1)))
  })

  test('holds the truth about as often as it says', async () => {
    let held = 0
    for (let seed = 0; seed < 20; seed++) {
      // |error| is 2 + an autoregression of mean 0: the other's is 2.
      const errors = autoregression(300, 0.5, seed)
      const [own, other] = await models(300, [(sample) => 2 + 0.3 * errors[sample]!, () => 2])
      const { low, high } = compareScores(own!, [other!], { metric: 'mae', seed })[0]!
      if (low <= 0 && high >= 0) held++
    }
    // 18 are expected; of a binomial of 20 and .9, fewer than 14 are a matter of 1 in 500.
    expect(held).toBeGreaterThanOrEqual(14)
  })

  test('takes the series of a day together, and whole sequences each by itself', async () => {
    const shops = table(
      'shop,date,y',
      ['a', 'b'].flatMap((shop) =>
        Array.from({ length: 60 }, (_, day) => [
          shop,
          new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
          (day * 7) % 5,
        ]),
      ),
    )
    const series = (await load(file(shops), { target: 'y', id: 'shop', seasons: [] })).development()
    const { targets } = series.targets(3)
    const late = (row: number) => row % 51 >= 40
    const fold = series.prepare(
      { train: targets.filter((row) => !late(row)), validation: targets.filter(late) },
      { window: 3 },
    )
    const { units } = fold.scored(new Float32Array(fold.validationTargets.length))
    expect(units).toMatchObject({ count: fold.validationTargets.length / 2, independent: false })

    const drawings = table(
      'id,x,label',
      Array.from({ length: 120 }, (_, i) => [
        Math.floor(i / 3),
        i % 7,
        Math.floor(i / 3) % 2 === 0 ? 'a' : 'b',
      ]),
    )
    const view = (await load(file(drawings), { target: 'label', id: 'id', task: 'classify' })).development()
    const drawn = view.prepare(cut(view.targets(3).targets), { window: 3 })
    const all = drawn.scored(new Float32Array(drawn.validationTargets.length).fill(0.4))
    expect(all.units).toMatchObject({ count: drawn.validationTargets.length, independent: true })
    const sure = drawn.scored(Float32Array.from(drawn.validationTargets, (row) => drawn.targets[row]!))
    for (const metric of ['accuracy', 'averagePrecision', 'logLoss', 'mcc']) {
      const [difference] = compareScores(sure, [all], { metric, seed: 2 })
      expect(Math.abs(difference!.value)).toBeGreaterThan(0)
    }
    expect(compareScores(sure, [all], { metric: 'mae', seed: 2 })).toEqual([undefined])
  })
})

describe('the length of blocks', () => {
  /** For AR(1), b → ((2ρ/(1 − ρ²))²·3/2·n)^⅓ of the correlation ρ (Politis and White, 2004, section 3.3). */
  test.each([
    [0.3, 2000],
    [0.6, 2000],
    [0.8, 4000],
  ])('is about the known one for an autoregression of %f', (factor, n) => {
    const known = Math.cbrt(1.5 * n * ((2 * factor) / (1 - factor ** 2)) ** 2)
    const lengths = Array.from({ length: 15 }, (_, seed) => blockLength(autoregression(n, factor, seed)))
    const median = lengths.sort((a, b) => a - b)[7]!
    expect(median / known).toBeGreaterThan(0.7)
    expect(median / known).toBeLessThan(1.4)
  })

  test('is small for noise, and within its bounds for anything', () => {
    expect(blockLength(autoregression(3000, 0, 1))).toBeLessThan(8)
    expect(blockLength(new Float64Array(50).fill(3))).toBe(1)
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 80, noNaN: true }), (series) => {
        const length = blockLength(series)
        expect(Number.isInteger(length)).toBe(true)
        expect(length).toBeGreaterThanOrEqual(1)
        expect(length).toBeLessThanOrEqual(Math.max(1, Math.ceil(series.length / 3)))
      }),
    )
  })
})
