import { type Address, padded } from '../kernels.ts'
import type { BidirectionalLayer } from '../network.ts'
import { GRU_CELL } from './gru.ts'
import { LSTM_CELL } from './lstm.ts'
import type { DropoutControl, LayerPlan, Pass, Planner, Signal } from './plan.ts'
import { planRecurrent } from './recurrent.ts'

/** The dropout masks of the layer that reads backwards are those of a place that no layer has. */
const BACKWARD_PLACE = 1000

/**
 * Plans a recurrent layer that reads its sequence from both ends, its outputs side by side: `[…, 2·units]`. The second
 * layer is an ordinary one on the sequence turned round, each sample's steps within its own length; its outputs are
 * turned back, so that both speak of the same step. Beyond a sample's end they are 0.
 */
export function planBidirectional(
  { layer }: BidirectionalLayer,
  index: number,
  name: string,
  input: Signal,
  planner: Planner,
): LayerPlan {
  const { kernels, arena, batch } = planner
  const { units } = layer
  const sequences = layer.returnSequences ?? false
  const steps = sequences ? input.steps : 1
  const cell = layer.kind === 'lstm' ? LSTM_CELL : GRU_CELL
  const stride = padded(2 * units)

  const turned = arena.floats(input.steps * batch * input.stride)
  const turnedGradient = input.gradient && arena.floats(input.steps * batch * input.stride)
  const turnedInput: Signal = {
    ...{ width: input.width, stride: input.stride, steps: input.steps, value: () => turned.at },
    ...(turnedGradient ? { gradient: turnedGradient } : {}),
  }
  const ahead = planRecurrent(cell, layer, index, `${name}/forward`, input, planner)
  const back = planRecurrent(cell, layer, index + BACKWARD_PLACE, `${name}/backward`, turnedInput, planner)
  const value = arena.floats(steps * batch * stride)
  const gradient = arena.floats(steps * batch * stride)

  /** Moves the steps of one direction, `backwards` where the sequence is turned round on the way. */
  const move = (
    { batch: count, lengths }: Pass,
    width: number,
    backwards: boolean,
    from: { readonly at: Address; readonly stride: number },
    to: { readonly at: Address; readonly stride: number },
    over: number,
    how: 'copySteps' | 'addSteps' = 'copySteps',
  ) => kernels[how](count, over, width, backwards ? 1 : 0, lengths, from.at, from.stride, to.at, to.stride)

  /** The columns of the two directions in what both share. */
  const half = (at: Address, direction: 0 | 1) => ({ at: at + direction * units * 4, stride })
  const rateOf = (plan: LayerPlan) => plan.dropout as DropoutControl

  return {
    weights: [...ahead.weights, ...back.weights],
    dropout: {
      declared: rateOf(ahead).declared,
      get rate() {
        return rateOf(ahead).rate
      },
      set rate(rate) {
        rateOf(ahead).rate = rate
        rateOf(back).rate = rate
      },
    },
    output: { width: 2 * units, stride, steps, value: () => value.at, gradient },
    pack(training) {
      ahead.pack(training)
      back.pack(training)
    },
    forward(pass) {
      const { stride: width } = input
      move(
        pass,
        width,
        true,
        { at: input.value(pass), stride: width },
        { at: turned.at, stride: width },
        input.steps,
      )
      for (const [direction, plan] of [ahead, back].entries()) {
        plan.forward(pass)
        const { output } = plan
        const from = { at: output.value(pass), stride: output.stride }
        move(pass, units, direction === 1 && sequences, from, half(value.at, direction as 0 | 1), steps)
      }
    },
    backward(pass) {
      for (const [direction, plan] of [ahead, back].entries()) {
        const { gradient: to, stride: width } = plan.output
        const from = half(gradient.at, direction as 0 | 1)
        move(
          pass,
          units,
          direction === 1 && sequences,
          from,
          { at: (to as { at: Address }).at, stride: width },
          steps,
        )
        plan.backward(pass)
      }
      if (input.gradient && turnedGradient) {
        const { stride: width } = input
        const from = { at: turnedGradient.at, stride: width }
        move(pass, width, true, from, { at: input.gradient.at, stride: width }, input.steps, 'addSteps')
      }
    },
  }
}
