import type { LoggedEvent } from '@rondo/core'
import { expect, test } from 'vitest'
import { gateCurves } from '../src/study/trial-gates.ts'

/** The end of a leg that has read the forget gate in these epochs. */
const legEnd = (leg: number, epochs: readonly number[]): LoggedEvent => {
  const shares = epochs.map((epoch) => epoch / 10)
  const curve = { fold: 0, layer: 0, gate: 'forget', epochs, mean: shares, closed: shares, open: shares }
  const summary = { gateCurves: [curve] }
  return {
    seq: leg,
    at: 0,
    event: { type: 'leg.ended', trial: 0, leg, ended: false, measurements: [], summary },
  }
}

test('the gates of several legs are one curve, each epoch once, also where a leg began again from the params', () => {
  const goesOn = gateCurves([legEnd(0, [1, 2]), legEnd(1, [3, 4])], 0)
  expect(goesOn).toMatchObject([{ epochs: [1, 2, 3, 4], mean: [0.1, 0.2, 0.3, 0.4] }])
  const beginsAgain = gateCurves([legEnd(0, [1, 2]), legEnd(1, [1, 2, 3, 4])], 0)
  expect(beginsAgain).toEqual(goesOn)
})
