import { type Leg, RondoError } from '@rondo/core'

/** @throws RONDO_TRAIN_DIVERGED where the loss is no number. */
export function requireFinite(loss: number, { trial }: Leg, when: string): void {
  if (Number.isFinite(loss)) return
  throw new RondoError('RONDO_TRAIN_DIVERGED', {
    message: `The train loss became ${loss} in ${when}.`,
    value: String(loss),
    place: { trial },
  })
}
