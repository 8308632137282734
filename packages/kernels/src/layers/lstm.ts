import type { Cell } from './recurrent.ts'

/** The cell of an LSTM: gates i, f, c, o. */
export const LSTM_CELL: Cell = {
  gates: 4,
  plan({ planner, steps, units, width, activation, recurrent, sequences, ...space }) {
    const { kernels, arena, batch, constants } = planner
    const { z, h, maskedStates, packedRecurrent, gradient, zeros } = space
    const c = arena.floats((steps + 1) * batch * width)
    const s = arena.floats(steps * batch * width)
    const rec = arena.floats(batch * width)
    const dc = arena.floats(batch * width)
    const carry = arena.floats(batch * width)
    const transposed = arena.floats(width * 4 * width)
    return {
      packTransposed(from) {
        for (let gate = 0; gate < 4; gate++) {
          const at = from + gate * units * 4
          kernels.packTransposed(units, units, at, 4 * units, transposed.at, 4 * width, gate * width, width)
        }
      },
      forward({ batch, lengths }, { first, count, mask }) {
        kernels.lstmForward(
          batch,
          first,
          count,
          units,
          activation,
          recurrent,
          constants.at,
          z.at,
          packedRecurrent.at,
          h.at,
          c.at,
          s.at,
          mask,
          maskedStates?.at ?? 0,
          lengths,
        )
      },
      backward({ batch, lengths }, { first, count, mask }) {
        kernels.lstmBackward(
          batch,
          steps,
          first,
          count,
          units,
          activation,
          recurrent,
          sequences ? 1 : 0,
          z.at,
          transposed.at,
          c.at,
          s.at,
          gradient.at,
          rec.at,
          dc.at,
          mask,
          carry.at,
          lengths,
          zeros.at,
        )
      },
      factors: (mask) => [{ gate: 0, gates: 4, states: mask && maskedStates ? maskedStates.at : h.at }],
      observed: [0, 1, 3],
    }
  },
}
