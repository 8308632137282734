import { CLOCK, type Clock, definePlugin, maximize, type Plugin, RondoError } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpointBest, earlyStopping, nanGuard, timeLimit } from '../src/index.ts'
import { makeCallback, startFold } from './support.ts'

describe('early stopping', () => {
  test('ends after `patience` epochs without a better value, and keeps the weights of the best', () => {
    const fold = startFold(makeCallback(earlyStopping({ patience: 3 })))
    const values = [9, 7, 8, 6, 6, 7, 6, 1]
    const epochs = values.findIndex((value) => !fold.epoch(value)) + 1
    expect(epochs).toBe(7)
    expect(fold.kept).toEqual([1, 2, 4])
    expect(fold.control.stopped).toBe('val_mae has not improved for 3 epochs')
  })

  test('gains below `minDelta` do not prolong training, but their weights are kept', () => {
    const fold = startFold(makeCallback(earlyStopping({ patience: 2, minDelta: 1 })))
    expect([9, 8.5, 8.2].map((value) => fold.epoch(value))).toEqual([true, true, false])
    expect(fold.kept).toEqual([1, 2, 3])
  })

  test('follows a metric that is to be maximised', () => {
    const fold = startFold(makeCallback(earlyStopping({ patience: 1 })), {
      objective: maximize('val_accuracy'),
    })
    expect([0.5, 0.6, 0.55].map((value) => fold.epoch(value))).toEqual([true, true, false])
    expect(fold.kept).toEqual([1, 2])
  })

  test('NaN is never better', () => {
    const fold = startFold(makeCallback(earlyStopping({ patience: 2 })))
    expect([Number.NaN, Number.NaN].map((value) => fold.epoch(value))).toEqual([true, false])
    expect(fold.kept).toEqual([])
  })

  test('its options are checked at composition', () => {
    expect(() => makeCallback(earlyStopping({ patience: 0 }))).toThrow(RondoError)
  })
})

test('early stopping and checkpointBest keep the first epoch of the least value, whatever the curve', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 }), (values) => {
      for (const plugin of [checkpointBest(), earlyStopping({ patience: 100 })]) {
        const fold = startFold(makeCallback(plugin))
        for (const value of values) fold.epoch(value)
        expect(fold.kept.at(-1)).toBe(values.indexOf(Math.min(...values)) + 1)
      }
    }),
    { numRuns: 30 },
  )
})

test('the NaN guard fails the trial with the metric, epoch and fold', () => {
  const fold = startFold(makeCallback(nanGuard()))
  expect(fold.epoch(3, { loss: 1 })).toBe(true)
  // All validation targets are the same: no r2, and nothing wrong with the training.
  expect(fold.epoch(3, { val_r2: Number.NaN })).toBe(true)
  expect(() => fold.epoch(3, { val_loss: Number.POSITIVE_INFINITY })).toThrowError(
    expect.objectContaining({
      code: 'RONDO_TRAIN_DIVERGED',
      value: 'Infinity',
      message: 'val_loss became Infinity in epoch 3 of fold 1.',
    }),
  )
})

describe('the time limit', () => {
  /** Time passes only when the test says so. */
  const setClock = (): { readonly plugin: Plugin<Clock>; pass(ms: number): void } => {
    let time = 0
    return {
      plugin: definePlugin({
        name: 'set-clock',
        provides: CLOCK,
        scope: 'process',
        create: () => ({ now: () => time, monotonic: () => time }),
      }),
      pass(ms) {
        time += ms
      },
    }
  }

  test('ends the fold after the epoch in which its time is up, earlier legs counted', () => {
    const clock = setClock()
    const first = startFold(makeCallback(timeLimit({ ms: 100 }), [clock.plugin]))
    clock.pass(60)
    expect(first.epoch(1)).toBe(true)
    const state = first.callback.state()
    // Time between two legs does not count.
    clock.pass(1000)
    const second = startFold(makeCallback(timeLimit({ ms: 100 }), [clock.plugin]))
    second.callback.restore(state)
    clock.pass(30)
    expect(second.epoch(1)).toBe(true)
    clock.pass(10)
    expect(second.epoch(1)).toBe(false)
  })
})
