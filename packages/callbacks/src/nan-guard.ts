import { CALLBACK, type Callback, definePlugin, type Plugin, RondoError } from '@rondo/core'

/** Fails the trial as soon as any metric of an epoch, of train or validation, is NaN or infinite. */
export const nanGuard = (): Plugin<readonly Callback[]> =>
  definePlugin({ name: 'nan-guard', provides: CALLBACK, scope: 'fold', create })

function create(): Callback {
  let trial: number
  let fold: number
  return {
    name: 'nan-guard',
    onFoldStart(start) {
      trial = start.trial
      fold = start.fold
    },
    onEpochEnd({ epoch, metrics }) {
      for (const [name, value] of Object.entries(metrics)) {
        if (Number.isFinite(value)) continue
        throw new RondoError('RONDO_TRAIN_DIVERGED', {
          message: `${name} became ${value} in epoch ${epoch} of fold ${fold}.`,
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
