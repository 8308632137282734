import { ACTIVATION_CODES, padded } from '../kernels.ts'
import type { Activation, DenseLayer } from '../network.ts'
import type { LayerPlan, Planner, Signal } from './plan.ts'

/** Plans y = a(x·W + b), on each step alike where the input is a sequence. `logits` leaves out the activation. */
export function planDense(
  layer: DenseLayer,
  name: string,
  input: Signal,
  planner: Planner,
  logits: boolean,
): LayerPlan {
  const { kernels, arena } = planner
  const { units } = layer
  const features = input.width
  const stride = padded(units)
  const panels = stride / 8
  const rows = input.steps * planner.batch
  const activation = logits ? 'linear' : ((layer.activation ?? 'linear') as Exclude<Activation, 'softmax'>)
  const code = ACTIVATION_CODES[activation]

  const kernel = planner.weight(`${name}/kernel`, [features, units], true)
  const bias = layer.useBias === false ? undefined : planner.weight(`${name}/bias`, [units], false)
  const packedKernel = arena.floats(features * stride)
  const packedTransposed = input.gradient && arena.floats(padded(features) * units)
  const packedBias = arena.floats(stride)
  const value = arena.floats(rows * stride)
  const gradient = arena.floats(rows * stride)
  const paddedGradient = arena.floats((features + 1) * stride)
  const zeros = planner.zeros(padded(features))
  const scratch = planner.scratch(128 * (stride + 6))

  return {
    weights: bias ? [kernel, bias] : [kernel],
    output: { width: units, stride, steps: input.steps, value: () => value.at, gradient },
    pack(training) {
      kernels.pack(features, units, kernel.address(), units, packedKernel.at)
      if (bias) kernels.pack(1, units, bias.address(), units, packedBias.at)
      if (packedTransposed && training) {
        kernels.packTransposed(features, units, kernel.address(), units, packedTransposed.at, units, 0, units)
      }
    },
    forward(pass) {
      const count = input.steps * pass.batch
      kernels.multiply(
        count,
        panels,
        features,
        input.value(pass),
        input.stride,
        packedKernel.at,
        packedBias.at,
        0,
        value.at,
        stride,
      )
      kernels.activateAll(code, planner.constants.at, value.at, count * stride)
    },
    backward(pass) {
      const count = input.steps * pass.batch
      kernels.activateBackward(code, value.at, gradient.at, count * stride)
      const biasAt = paddedGradient.at + features * stride * 4
      kernels.zero(paddedGradient.at, (features + 1) * stride)
      kernels.weightGradients(
        count,
        panels,
        gradient.at,
        stride,
        stride,
        features,
        input.value(pass),
        input.stride,
        paddedGradient.at,
        0,
        0,
        0,
        0,
        biasAt,
        scratch.at,
      )
      kernels.unpad(features, units, stride, paddedGradient.at, kernel.gradient.at)
      if (bias) kernels.unpad(1, units, stride, biasAt, bias.gradient.at)
      if (packedTransposed && input.gradient) {
        kernels.multiply(
          count,
          input.stride / 8,
          units,
          gradient.at,
          stride,
          packedTransposed.at,
          zeros.at,
          0,
          input.gradient.at,
          input.stride,
        )
      }
    },
  }
}
