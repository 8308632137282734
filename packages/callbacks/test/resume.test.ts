import type { Callback, Plugin } from '@rondo/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkpointBest,
  dropoutSchedule,
  earlyStopping,
  learningRateSchedule,
  nanGuard,
  reduceOnPlateau,
} from '../src/index.ts'
import { makeCallback, startFold } from './support.ts'

const plugins: readonly (() => Plugin<readonly Callback[]>)[] = [
  () => earlyStopping({ patience: 3, minDelta: 1 }),
  checkpointBest,
  nanGuard,
  () => reduceOnPlateau({ patience: 2, cooldown: 1 }),
  () => learningRateSchedule({ kind: 'cosine', warmup: 0.2 }),
  () => dropoutSchedule({ kind: 'cosine', from: 0, to: 0.5 }),
]

test.each(plugins.map((plugin) => [plugin().name, plugin] as const))(
  '%s does the same in two legs, its state taken through JSON, as in one',
  (_name, plugin) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        (values, cut) => {
          const once = startFold(makeCallback(plugin()))
          const whole = values.map((value) => [
            once.epoch(value),
            once.control.learningRate,
            once.control.dropout,
          ])

          const at = 1 + (cut % (values.length - 1))
          const first = startFold(makeCallback(plugin()))
          const parts = values
            .slice(0, at)
            .map((value) => [first.epoch(value), first.control.learningRate, first.control.dropout])
          const second = startFold(makeCallback(plugin()), {}, { epoch: at })
          second.callback.restore(JSON.parse(JSON.stringify(first.callback.state())))
          // As a trainer does: the rates are its own to restore.
          second.control.setLearningRate(first.control.learningRate)
          if (first.control.dropout !== undefined) second.control.setDropout(first.control.dropout)
          if (first.control.stopped !== undefined) second.control.stop(first.control.stopped)
          for (const value of values.slice(at)) {
            parts.push([second.epoch(value), second.control.learningRate, second.control.dropout])
          }
          expect(parts).toEqual(whole)
          expect([...first.kept, ...second.kept]).toEqual(once.kept)
        },
      ),
      { numRuns: 50 },
    )
  },
)
