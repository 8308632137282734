import { checkpointBest, earlyStopping, learningRateSchedule } from '@rondo/callbacks'
import { type ArtifactRef, RondoError } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import { describe, expect, test } from 'vitest'
import { workplace as anyWorkplace, type Changes, leg, listen } from './fixtures/study.ts'
import { wave } from './fixtures/wave.ts'

describe.each(['compiled', 'tfjs'] as const)('a train leg on the %s step', (step) => {
  const workplace = (changes: Changes = {}) =>
    anyWorkplace({ ...changes, trainer: { step, ...changes.trainer } })

  test('learns: the validation error falls, every epoch is measured and sent', async () => {
    const place = workplace({ model: lstm({ units: 8, learningRate: 0.02, batchSize: 16 }) })
    const context = listen(place)
    const result = await place.trainer.run(
      leg({ budget: { epochs: 12, folds: 1 }, fullBudget: { epochs: 12, folds: 1 } }),
      context,
    )
    const curve = result.measurements.map(({ metrics }) => metrics.val_mae!)
    expect(result.outcome).toBe('reached')
    expect(result.measurements.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(Object.keys(result.measurements[0]!.metrics)).toEqual([
      ...['loss', 'val_loss', 'val_mae', 'learningRate', 'gradient_norm'],
    ])
    // The noise has a standard deviation of 1, the wave one of 7.
    expect(curve.at(-1)).toBeLessThan(1)
    const losses = result.measurements.map(({ metrics }) => metrics.loss!)
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10)
    expect(context.messages.filter(({ type }) => type === 'measured')).toHaveLength(12)
    // The mean deviation of a sine from its mean is 2/π of its amplitude.
    expect(result.constant!.val_mae).toBeGreaterThan(3)
    expect(result.constant!.val_mae).toBeLessThan(10)
  })

  test('does not compare with a constant while the learning rate still rises', async () => {
    const callbacks = [checkpointBest(), learningRateSchedule({ kind: 'warmup', warmup: 0.5 })]
    const place = workplace({ callbacks })
    const run = (epochs: number, from?: ArtifactRef) =>
      place.trainer.run(leg({ budget: { epochs, folds: 1 }, ...(from && { from, leg: 1 }) }), listen(place))
    const early = await run(1)
    expect(early.constant).toBeUndefined()
    expect((await run(3, early.checkpoint)).constant!.val_mae).toBeGreaterThan(3)
  })

  test('gives the same bits twice, and others for another trial', async () => {
    const run = async (trial: number) => {
      const place = workplace()
      const result = await place.trainer.run(leg({ trial }), listen(place))
      return { measurements: result.measurements, model: await place.artifacts.read(result.model!) }
    }
    const first = await run(3)
    expect(await run(3)).toEqual(first)
    expect((await run(4)).measurements).not.toEqual(first.measurements)
  })

  test('in four legs, more epochs, then more folds, gives the bits of one', async () => {
    const fullBudget = { epochs: 4, folds: 2 }
    const whole = workplace()
    const once = await whole.trainer.run(leg({ budget: fullBudget, fullBudget }), listen(whole))
    const parts = workplace()
    let last = await parts.trainer.run(
      leg({ leg: 0, budget: { epochs: 1, folds: 1 }, fullBudget }),
      listen(parts),
    )
    const measured = [...last.measurements]
    for (const [i, budget] of [{ epochs: 3, folds: 1 }, { epochs: 3, folds: 2 }, fullBudget].entries()) {
      last = await parts.trainer.run(
        leg({ leg: i + 1, budget, fullBudget, from: last.checkpoint! }),
        listen(parts),
      )
      measured.push(...last.measurements)
    }
    const inOrder = measured.sort((a, b) => a.fold - b.fold || a.epoch - b.epoch)
    expect(inOrder).toEqual(once.measurements)
    expect(await parts.artifacts.read(last.model!)).toEqual(await whole.artifacts.read(once.model!))
  })

  test('interrupted in its midst and begun again, it gives the result of one that was not', async () => {
    const budget = { epochs: 3, folds: 2 }
    const whole = workplace()
    const once = await whole.trainer.run(leg({ budget }), listen(whole))
    const place = workplace()
    let interruptions = 0
    let attempt = 0
    let result = await place.trainer.run(
      leg({ budget, attempt }),
      listen(place, (_message, interrupt) => interrupt()),
    )
    while (result.outcome === 'interrupted') {
      interruptions++
      attempt++
      result = await place.trainer.run(
        leg({ budget, attempt, from: result.checkpoint! }),
        listen(place, (_message, interrupt) => interrupt()),
      )
    }
    expect(interruptions).toBe(5)
    expect(result.outcome).toBe('reached')
    expect(result.measurements).toEqual(once.measurements)
    expect(result.checkpoint!.sha256).toBe(once.checkpoint!.sha256)
    expect(result.model!.sha256).toBe(once.model!.sha256)
  })

  test('goes on bit for bit from a checkpoint that it wrote on the way', async () => {
    const budget = { epochs: 3, folds: 1 }
    const place = workplace({ trainer: { checkpointEveryMs: 0 } })
    const context = listen(place)
    const once = await place.trainer.run(leg({ budget }), context)
    const midway = context.messages.filter((message) => message.type === 'checkpointed')
    expect(midway.map(({ measured }) => measured)).toEqual([1, 2])
    const again = await place.trainer.run(
      leg({ budget, attempt: 1, from: midway[0]!.checkpoint }),
      listen(place),
    )
    expect(again.measurements).toEqual(once.measurements)
    expect(again.model!.sha256).toBe(once.model!.sha256)
  })

  test('that stops itself early has ended, and has nothing to do in a longer leg', async () => {
    const place = workplace({
      model: lstm({ units: 4, learningRate: 1e-9 }),
      callbacks: [earlyStopping({ patience: 2, minDelta: 100 })],
    })
    const budget = { epochs: 9, folds: 1 }
    const fullBudget = { epochs: 9, folds: 1 }
    const result = await place.trainer.run(leg({ budget, fullBudget }), listen(place))
    expect(result.outcome).toBe('ended')
    expect(result.measurements).toHaveLength(3)
    const longer = { epochs: 20, folds: 1 }
    const more = await place.trainer.run(
      leg({ leg: 1, budget: longer, fullBudget: longer, from: result.checkpoint! }),
      listen(place),
    )
    expect(more.measurements).toEqual([])
  })

  test('trains no longer than the hyperparameter `epochs` says', async () => {
    const place = workplace()
    const result = await place.trainer.run(
      leg({ params: { window: 8, epochs: 2 }, fullBudget: { epochs: 4, folds: 1 } }),
      listen(place),
    )
    expect(result.measurements).toHaveLength(2)
    expect(result.outcome).toBe('ended')
  })
})

test('the summary of a leg tells how far each gate opens, layer by layer', async () => {
  const place = anyWorkplace({ model: lstm({ units: 4, layers: 2, forgetBias: 30 }) })
  const { summary } = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
  const gates = summary!.gates as unknown as { layer: number; gate: string; mean: number; open: number }[]
  expect(gates.map(({ layer, gate }) => `${layer} ${gate}`)).toEqual([
    ...['0 input', '0 forget', '0 output'],
    ...['2 input', '2 forget', '2 output'],
  ])
  // With so large a bias a forget gate never closes; the others stay about the middle.
  for (const { gate, mean, open } of gates) {
    if (gate === 'forget') expect([mean, open]).toEqual([expect.closeTo(1, 5), 1])
    else expect(mean).toBeGreaterThan(0.2)
  }
})

test('gates are read after every epoch, alike on both steps, and through an interruption', async () => {
  const model = lstm({ units: 4, layers: 2 })
  const curves = []
  for (const step of ['compiled', 'tfjs'] as const) {
    const place = anyWorkplace({ model, data: wave({ ragged: true }), trainer: { step, telemetry: true } })
    const budget = { epochs: 2, folds: 1 }
    const { summary } = await place.trainer.run(leg({ budget }), listen(place))
    curves.push(summary!.gateCurves as unknown as { epochs: number[]; mean: number[]; open: number[] }[])
    const begun = await place.trainer.run(
      leg({ budget }),
      listen(place, (_message, interrupt) => interrupt()),
    )
    const { summary: resumed } = await place.trainer.run(
      leg({ budget, from: begun.checkpoint!, attempt: 1 }),
      listen(place),
    )
    expect(resumed!.gateCurves).toEqual(summary!.gateCurves)
  }
  const [compiled, throughTfjs] = curves
  expect(compiled).toHaveLength(6)
  compiled!.forEach((curve, i) => {
    expect(curve.epochs).toEqual([1, 2])
    curve.mean.forEach((mean, epoch) => {
      expect(mean).toBeCloseTo(throughTfjs![i]!.mean[epoch]!, 3)
    })
  })
})

test('gates are not read where telemetry is off, which changes nothing else', async () => {
  const models = []
  for (const telemetry of [true, false]) {
    const place = anyWorkplace({ trainer: { telemetry } })
    const result = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
    expect((result.summary!.gates as unknown[]).length).toBe(telemetry ? 3 : 0)
    models.push(result.model!.sha256)
  }
  expect(models[0]).toBe(models[1])
})

describe('a train leg that cannot succeed', () => {
  const failing = async (
    changes: Parameters<typeof anyWorkplace>[0],
    over: Parameters<typeof leg>[0] = {},
  ) => {
    const place = anyWorkplace(changes)
    const error = await place.trainer.run(leg(over), listen(place)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(RondoError)
    return error as RondoError
  }

  test('names the nearest metric', async () => {
    const error = await failing({}, { objective: { metric: 'val_mea', direction: 'minimize' } })
    expect(error.code).toBe('RONDO_METRIC_UNKNOWN')
    expect(error.message).toContain('“val_mae”')
  })

  test('says that training diverged', async () => {
    const error = await failing({
      model: lstm({ units: 4, optimizer: 'sgd', learningRate: 1e30, clipNorm: 0, activation: 'linear' }),
    })
    expect([error.code, error.scope]).toEqual(['RONDO_TRAIN_DIVERGED', 'trial'])
  })

  test('does not save weights that are no numbers, though no loss has told of them yet', async () => {
    // One update an epoch, whose loss is that before it.
    const model = lstm({ units: 4, optimizer: 'sgd', learningRate: 1e39, batchSize: 1000 })
    const error = await failing({ model }, { budget: { epochs: 1, folds: 1 } })
    expect([error.code, error.scope]).toEqual(['RONDO_TRAIN_DIVERGED', 'trial'])
    expect(error.message).toContain('A weight became')
  })

  test('refuses a model that memory cannot hold, with the bytes', async () => {
    const error = await failing({ model: lstm({ units: 64 }), trainer: { memoryMb: 1 } })
    expect([error.code, error.scope]).toEqual(['RONDO_MODEL_TOO_LARGE', 'trial'])
    expect(error.value).toBeGreaterThan(2 ** 20)
  })

  test('refuses a checkpoint of another model', async () => {
    const place = anyWorkplace()
    const { checkpoint } = await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
    const error = await place.trainer
      .run(leg({ leg: 1, params: { window: 8, units: 7 }, from: checkpoint! }), listen(place))
      .catch((thrown: unknown) => thrown)
    expect((error as RondoError).code).toBe('RONDO_CHECKPOINT_INVALID')
  })
})
