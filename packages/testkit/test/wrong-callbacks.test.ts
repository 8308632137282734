import { CALLBACK, type Callback, definePlugin, type Json, type Plugin } from '@rondo/core'
import { callbackSuite } from '../src/index.ts'
import { notJson, testWrong } from './wrong-plugins.ts'

const plugin = (make: () => Partial<Callback>, options?: unknown) => (): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'wrong',
    provides: CALLBACK,
    scope: 'fold',
    ...(options === undefined ? {} : { options }),
    create: () => ({ name: 'wrong', state: () => null, restore() {}, ...make() }),
  })

let foldsSeen = 0

testWrong(callbackSuite, {
  'sets only rates that there can be, and stops with a reason': [
    {
      subject: plugin(() => ({ onUpdate: (_, control) => control.setLearningRate(0) })),
      says: /learning rate must be a finite number above 0/,
    },
    {
      subject: plugin(() => ({ onEpochEnd: (_, control) => control.setDropout(1) })),
      says: /dropout rate must be/,
    },
    {
      subject: plugin(() => ({ onEpochEnd: (_, control) => control.stop('') })),
      says: /must give a reason to stop/,
    },
    { subject: plugin(() => ({ name: '' })), says: /must have a name/ },
  ],
  'has a state that is JSON, at every epoch and whatever the values': [
    {
      subject: plugin(() => {
        let last = 0
        return {
          onEpochEnd: ({ value }) => {
            last = value
          },
          state: () => ({ last }),
        }
      }),
      says: /state must be JSON.*NaN/,
    },
    { subject: plugin(() => ({ state: () => undefined as unknown as Json })), says: /`null` for none/ },
  ],
  'takes NaN and infinite values, or fails the trial with a coded error': {
    subject: plugin(() => ({
      onEpochEnd: ({ value }) => {
        if (Number.isNaN(value)) throw new TypeError('not a number')
      },
    })),
    says: /must not break on NaN.*not a number/,
  },
  'goes on from its state as if it had never been left': {
    // Counts epochs, and forgets the count in its state.
    subject: plugin(() => {
      let epochs = 0
      return {
        onEpochEnd: (_, control) => {
          if (++epochs === 3) control.stop('three epochs are enough')
        },
      }
    }),
    says: /as if training had never been left/,
  },
  'shares nothing between two folds': {
    subject: plugin(() => ({
      onFoldStart: (_, control) => {
        foldsSeen++
        control.setLearningRate(1 / (foldsSeen + 1))
      },
    })),
    says: /nothing but what its own fold tells it/,
  },
  'can be asked for its state right after a fold’s start, and restored to it': {
    subject: plugin(() => ({
      restore(state) {
        if ((state as { readonly best: number }).best === 0) return
      },
    })),
    says: /must take back the state of a fold that has just begun/,
  },
  'has JSON for options': { subject: plugin(() => ({}), notJson), says: /Options must be JSON/ },
})
