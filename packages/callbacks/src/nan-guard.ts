import { CALLBACK, type Callback, definePlugin, type Plugin, RondoError } from '@rondo/core'

/**
 * Fails the trial as soon as the loss of train or validation or the objective's metric is NaN or infinite. Other metrics
 * may have no value for some data (`r2` of targets that are all the same) and say nothing about the training.
 */
export const nanGuard = (): Plugin<readonly Callback[]> =>
  definePlugin({ name: 'nan-guard', provides: CALLBACK, scope: 'fold', create })

function create(): Callback {
  let trial: number
  let fold: number
  let watched: readonly string[]
  return {
    name: 'nan-guard',
    onFoldStart(start) {
      trial = start.trial
      fold = start.fold
      watched = ['loss', 'val_loss', start.objective.metric]
    },
    onEpochEnd({ epoch, metrics }) {
      for (const name of watched) {
        const value = metrics[name]
        if (value === undefined || Number.isFinite(value)) continue
        throw new RondoError('RONDO_TRAIN_DIVERGED', {
          message: `${name} became ${value} in epoch ${epoch} of fold ${fold + 1}.`,
          // NaN and infinities are not JSON.
          value: String(value),
          place: { trial },
        })
      }
    },
    state: () => null,
    restore() {},
  }
}
