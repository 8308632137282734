import { deriveRng, minimize, type Params } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AdviceRule, adviceRules, advise, type EpochMeasures, type TrainingRun } from '../src/index.ts'

/** A training whose losses follow two functions of the epoch; the score is the validation loss. */
function training(
  loss: (epoch: number) => number,
  validationLoss: (epoch: number) => number,
  { epochs = 40, params = {}, ...rest }: Partial<Omit<TrainingRun, 'epochs'>> & { epochs?: number } = {},
): TrainingRun {
  return {
    params: { layers: 1, units: 64, batchSize: 32, learningRate: 0.001, dropout: 0, window: 28, ...params },
    objective: minimize('val_loss'),
    epochs: Array.from({ length: epochs }, (_, i): EpochMeasures => {
      const epoch = i + 1
      const validation = validationLoss(epoch)
      return { epoch, loss: loss(epoch), validationLoss: validation, value: validation }
    }),
    epochLimit: epochs,
    diverged: false,
    ...rest,
  }
}

const given = (run: TrainingRun): Params =>
  Object.fromEntries(
    advise(adviceRules, run).flatMap(({ tryNext }) => (tryNext ? [[tryNext.param, tryNext.value]] : [])),
  )

const fall =
  (from: number, to: number, epochs: number) =>
  (epoch: number): number =>
    to + (from - to) * Math.exp(-epoch / epochs)

const overfitting = training(
  fall(1, 0.05, 8),
  (epoch) => 0.4 + 0.004 * Math.max(0, epoch - 10) + Math.exp(-epoch / 3),
)

describe('a training that overfits', () => {
  test('gets fewer units, an earlier stop and dropout, in this order', () => {
    const advice = advise(adviceRules, overfitting)
    expect(advice.map(({ rule }) => rule)).toEqual(['units', 'epochs', 'dropout'])
    expect(given(overfitting)).toMatchObject({ units: 32, dropout: 0.2 })
    expect(advice[0]!.because.name).toBe('train–validation gap')
    expect(advice[0]!.because.value).toBeGreaterThan(1)
    expect(advice[1]!.because).toMatchObject({ name: 'epochs since the best', unit: 'epochs' })
  })

  test('gets a layer less where it has a stack of them', () => {
    expect(given({ ...overfitting, params: { ...overfitting.params, layers: 3 } })).toMatchObject({
      layers: 2,
    })
  })

  test('is not told to stop early where it does so already', () => {
    expect(given({ ...overfitting, stopsEarly: true })).not.toHaveProperty('epochs')
  })
})

describe('a training that has learned all it can', () => {
  const plateau = training(fall(1, 0.5, 3), fall(1, 0.51, 3))

  test('gets more units, and a longer window', () => {
    expect(given(plateau)).toEqual({ units: 128, window: 56 })
  })

  test('gets a further layer where it is wide, and less dropout where it has much', () => {
    const wide = { ...plateau, params: { ...plateau.params, units: 256, dropout: 0.4 } }
    expect(given(wide)).toMatchObject({ layers: 2, dropout: 0.3 })
  })

  test('is never told to use more dropout or fewer units', () => {
    const numbers = given(plateau)
    expect(numbers.units).toBeGreaterThan(64)
    expect(numbers).not.toHaveProperty('dropout')
  })
})

test('a training that still improves when it ends gets more epochs', () => {
  const unfinished = training(fall(1, 0.1, 25), fall(1, 0.12, 25))
  expect(given(unfinished)).toEqual({ epochs: 80 })
  const [advice] = advise(adviceRules, unfinished)
  expect(advice!.because.value).toBeGreaterThan(0.002)
})

test('one that creeps gets a higher learning rate as well', () => {
  const creeping = training(
    (epoch) => 1 - 0.004 * epoch,
    (epoch) => 1.02 - 0.004 * epoch,
  )
  expect(given(creeping)).toMatchObject({ learningRate: 0.003, epochs: 80 })
})

describe('a training that diverges', () => {
  test('gets a tenth of the learning rate, and no advice on what diverging says nothing about', () => {
    const diverging = training(
      (epoch) => (epoch > 4 ? Number.NaN : 1),
      (epoch) => (epoch > 4 ? Number.NaN : 1),
      { diverged: true, epochs: 5, params: { learningRate: 0.1 } },
    )
    expect(given(diverging)).toEqual({ learningRate: 0.01 })
    expect(advise(adviceRules, diverging)[0]!.because).toMatchObject({ value: 4, unit: 'epochs' })
  })

  test('without a number, a third where the loss rises', () => {
    const rising = training(
      (epoch) => 1 + epoch / 10,
      (epoch) => 1 + epoch / 10,
      { params: { learningRate: 0.03 } },
    )
    expect(given(rising)).toMatchObject({ learningRate: 0.01 })
  })
})

test('a loss that jumps gets larger batches', () => {
  const rng = deriveRng({ seed: 1, purpose: 'noise' })
  const jumping = training(
    (epoch) => 0.5 + Math.exp(-epoch / 5) + 0.08 * rng.normal(),
    (epoch) => 0.55 + Math.exp(-epoch / 5),
  )
  expect(given(jumping)).toMatchObject({ batchSize: 64 })
})

test('a batch size that is no power of two is named', () => {
  const run = training(fall(1, 0.5, 3), fall(1, 0.56, 3), { params: { batchSize: 50 } })
  expect(given(run)).toMatchObject({ batchSize: 64 })
})

describe('gates', () => {
  const gate = (reading: object) =>
    training(fall(1, 0.5, 3), fall(1, 0.56, 3), {
      gates: [{ layer: 0, gate: 'input', mean: 0.5, closed: 0, open: 0, ...reading }],
    })

  test('that are stuck are named with their saturation', () => {
    const advice = advise(adviceRules, gate({ closed: 0.5, open: 0.3 }))
    expect(advice).toHaveLength(1)
    expect(advice[0]!.because.name).toBe('saturation of the input gate')
    expect(advice[0]!.because.value).toBeCloseTo(0.8)
  })

  test('that forget get a higher bias', () => {
    expect(given(gate({ gate: 'forget', mean: 0.1, closed: 0.4 }))).toEqual({ forgetBias: 2 })
  })

  test('that remember all are left alone', () => {
    expect(advise(adviceRules, gate({ gate: 'forget', mean: 0.97, open: 0.9 }))).toEqual([])
  })
})

describe('the gradient norm', () => {
  const withNorm = (gradientNorm: number, params: Params = {}): TrainingRun => {
    const run = training(fall(1, 0.5, 3), fall(1, 0.56, 3), { params })
    return { ...run, epochs: run.epochs.map((epoch) => ({ ...epoch, gradientNorm })) }
  }

  test('is clipped where it explodes', () => {
    expect(given(withNorm(1e4))).toEqual({ clipNorm: 1 })
    expect(given(withNorm(Number.NaN))).toEqual({ clipNorm: 1 })
  })

  test('is not left to clipping alone', () => {
    const [advice] = advise(adviceRules, withNorm(50, { clipNorm: 1 }))
    expect(advice).toMatchObject({ rule: 'gradient norm', because: { value: 50 } })
  })

  test('is asked to come back where it vanishes', () => {
    expect(given(withNorm(1e-6))).toEqual({ forgetBias: 1 })
  })
})

test('a training that went well gets no advice', () => {
  expect(advise(adviceRules, training(fall(1, 0.5, 3), fall(1, 0.56, 3)))).toEqual([])
})

test('rules of others take their place by their order', () => {
  const rule = (name: string, order: number): AdviceRule => ({
    name,
    order,
    look: () => ({ rule: name, text: name, because: { name, value: order, unit: 'number' } }),
  })
  const advice = advise([rule('last', 100), ...adviceRules, rule('between', 35)], overfitting)
  expect(advice.map(({ rule }) => rule)).toEqual(['units', 'between', 'epochs', 'dropout', 'last'])
})

test('whatever the curve, every piece of advice has a number and proposes something else than was tried', () => {
  const value = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constant(Number.NaN))
  fc.assert(
    fc.property(
      fc.array(fc.record({ loss: value, validationLoss: value, value }), { maxLength: 30 }),
      fc.record({
        layers: fc.integer({ min: 1, max: 4 }),
        units: fc.integer({ min: 1, max: 512 }),
        batchSize: fc.integer({ min: 1, max: 600 }),
        dropout: fc.double({ min: 0, max: 0.9, noNaN: true }),
      }),
      fc.boolean(),
      (measures, params, diverged) => {
        const run = training(
          () => 1,
          () => 1,
          { params, diverged },
        )
        const epochs = measures.map((measure, i) => ({ epoch: i + 1, ...measure }))
        for (const { because, text, tryNext } of advise(adviceRules, { ...run, epochs })) {
          expect(Number.isFinite(because.value)).toBe(true)
          expect(text.endsWith('.')).toBe(true)
          if (tryNext) expect(run.params[tryNext.param]).not.toBe(tryNext.value)
        }
      },
    ),
    { numRuns: 1000 },
  )
})
