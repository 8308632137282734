import type { StudyEvent } from '@rondo/core'

/** Events of every kind of content that a log has to keep: nested, empty, with odd texts and odd numbers. */
export const sampleEvents: readonly StudyEvent[] = [
  {
    type: 'trial.suggested',
    trial: 0,
    params: { units: 64, rate: 1e-5, cell: 'lstm', bias: true, 'units[1]': 0 },
    origin: 'search',
    memo: { fit: [0.1, -2.5e-17, null, { deep: [[], {}] }], name: 'naïve “ß” 🎲 \u0000\n' },
    seen: 1,
    time: 0,
  },
  {
    type: 'leg.started',
    trial: 0,
    leg: 0,
    budget: { epochs: 3, folds: 2 },
    tags: { bracket: 0, rung: null },
    seen: 2,
    time: 0.5,
  },
  {
    type: 'leg.ended',
    trial: 0,
    leg: 0,
    ended: false,
    measurements: [
      { fold: 0, epoch: 1, metrics: { loss: Number.NaN, val_mae: 307.25 } },
      { fold: 0, epoch: 2, metrics: { loss: Number.POSITIVE_INFINITY, val_mae: Number.NEGATIVE_INFINITY } },
      { fold: 1, epoch: 1, metrics: { loss: -0, val_mae: 5e-324 } },
    ],
    checkpoint: { name: 'trials/0/checkpoint-0', sha256: 'f'.repeat(64) },
    summary: { $number: 'NaN', __proto__text: '', seconds: 0.1 + 0.2 },
  },
  { type: 'note', text: '' },
]

/** An event that tells its place in a log. */
export const note = (text: string): StudyEvent => ({ type: 'note', text })
