import type { DropoutLayer } from '../network.ts'
import { drawMask } from './masks.ts'
import type { DropoutControl, LayerPlan, Pass, Planner, Signal } from './plan.ts'

/** Plans a dropout layer: y = x∘mask in training, y = x otherwise. */
export function planDropout(layer: DropoutLayer, index: number, input: Signal, planner: Planner): LayerPlan {
  const { kernels, arena } = planner
  const length = input.steps * planner.batch * input.stride
  const mask = arena.floats(length)
  const masked = arena.floats(length)
  const scratch = planner.scratch(input.steps * planner.batch * input.width)
  const dropout: DropoutControl = { rate: layer.rate, declared: true }
  const active = (pass: Pass) => pass.training && dropout.rate > 0
  return {
    weights: [],
    dropout,
    // The gradient is masked where it lies, so both sides share one buffer.
    output: { ...input, value: (pass) => (active(pass) ? masked.at : input.value(pass)) },
    pack() {},
    forward(pass) {
      if (!active(pass)) return
      const shape = { steps: input.steps, columns: input.width, stride: input.stride }
      drawMask(planner, pass, index, 'inputs', dropout.rate, shape, mask.at, scratch.at)
      kernels.applyMask(input.steps * pass.batch * input.stride, input.value(pass), mask.at, masked.at)
    },
    backward(pass) {
      if (!active(pass) || !input.gradient) return
      const { at } = input.gradient
      kernels.applyMask(input.steps * pass.batch * input.stride, at, mask.at, at)
    },
  }
}
