import type { Cell } from './recurrent.ts'

/** The cell of a GRU: update gate, reset gate, candidate. */
export const GRU_CELL: Cell = {
  gates: 3,
  plan({ planner, steps, units, width, activation, recurrent, sequences, ...space }) {
    const { kernels, arena, batch, constants } = planner
    const { z, h, maskedStates, packedRecurrent, gradient, zeros } = space
    const q = arena.floats(steps * batch * width)
    const dm = arena.floats(batch * width)
    const dq = arena.floats(batch * width)
    const carry = arena.floats(batch * width)
    const gatesTransposed = arena.floats(width * 2 * width)
    const candidateTransposed = arena.floats(width * width)
    const statesOf = (mask: number) => (mask && maskedStates ? maskedStates.at : h.at)
    return {
      packTransposed(from) {
        for (let gate = 0; gate < 2; gate++) {
          const at = from + gate * units * 4
          kernels.packTransposed(
            units,
            units,
            at,
            3 * units,
            gatesTransposed.at,
            2 * width,
            gate * width,
            width,
          )
        }
        const at = from + 2 * units * 4
        kernels.packTransposed(units, units, at, 3 * units, candidateTransposed.at, width, 0, width)
      },
      forward({ batch, lengths }, { first, count, mask }) {
        kernels.gruForward(
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
          q.at,
          mask,
          maskedStates?.at ?? 0,
          lengths,
        )
      },
      backward({ batch, lengths }, { first, count, mask }) {
        kernels.gruBackward(
          batch,
          steps,
          first,
          count,
          units,
          activation,
          recurrent,
          sequences ? 1 : 0,
          z.at,
          candidateTransposed.at,
          gatesTransposed.at,
          statesOf(mask),
          gradient.at,
          dm.at,
          dq.at,
          mask,
          carry.at,
          lengths,
          zeros.at,
        )
      },
      factors: (mask) => [
        { gate: 0, gates: 2, states: statesOf(mask) },
        { gate: 2, gates: 1, states: q.at },
      ],
    }
  },
}
