import { ACTIVATION_CODES, padded } from '../kernels.ts'
import type { Activation, LstmLayer } from '../network.ts'
import { drawMask } from './masks.ts'
import type { DropoutControl, LayerPlan, Pass, Planner, Signal } from './plan.ts'

/** Gates in the order of the weights' columns. */
const GATES = 4

/** Rows (steps × batch) between which the passes change from one kernel to the next. */
const ROWS_AT_ONCE = 256

/** Plans an LSTM over a sequence; the formulas stand in `assembly/recurrent`. */
export function planLstm(
  layer: LstmLayer,
  index: number,
  name: string,
  input: Signal,
  planner: Planner,
): LayerPlan {
  const { kernels, arena, batch } = planner
  const { units } = layer
  const { steps, width: features } = input
  const sequences = layer.returnSequences ?? false
  const width = padded(units)
  const gateWidth = GATES * width
  const code = (activation: Activation) => ACTIVATION_CODES[activation as Exclude<Activation, 'softmax'>]
  const activation = code(layer.activation ?? 'tanh')
  const recurrent = code(layer.recurrentActivation ?? 'hardSigmoid')
  const dropout: DropoutControl = { rate: layer.dropout ?? 0, declared: (layer.dropout ?? 0) > 0 }
  const recurrentRate = layer.recurrentDropout ?? 0

  const kernel = planner.weight(`${name}/kernel`, [features, GATES * units], true)
  const recurrentKernel = planner.weight(`${name}/recurrentKernel`, [units, GATES * units], true)
  const bias = layer.useBias === false ? undefined : planner.weight(`${name}/bias`, [GATES * units], false)

  const packedKernel = arena.floats(features * gateWidth)
  const packedRecurrent = arena.floats(units * gateWidth)
  const packedBias = arena.floats(gateWidth)
  const recurrentTransposed = arena.floats(width * gateWidth)
  const kernelTransposed = input.gradient && arena.floats(padded(features) * gateWidth)

  const z = arena.floats(steps * batch * gateWidth)
  const h = arena.floats((steps + 1) * batch * width)
  const c = arena.floats((steps + 1) * batch * width)
  const s = arena.floats(steps * batch * width)
  const gradient = arena.floats((sequences ? steps : 1) * batch * width)
  const rec = arena.floats(batch * width)
  const dc = arena.floats(batch * width)
  const carry = arena.floats(batch * width)
  // Gates already padded to 8 lie as in the weights, and their gradients go straight to them.
  const direct = units === width
  const kernelGradient = direct ? kernel.gradient : arena.floats(features * gateWidth)
  const recurrentGradient = direct ? recurrentKernel.gradient : arena.floats(units * gateWidth)
  const biasGradient = direct && bias ? bias.gradient : arena.floats(gateWidth)
  const zeros = planner.zeros(Math.max(width, padded(features)))
  const scratch = planner.scratch(Math.max(128 * (gateWidth + 6), batch * Math.max(features, units)))

  const inputMask = dropout.rate > 0 ? arena.floats(batch * input.stride) : undefined
  const maskedInput = dropout.rate > 0 ? arena.floats(steps * batch * input.stride) : undefined
  const stateMask = recurrentRate > 0 ? arena.floats(batch * width) : undefined
  const maskedStates = recurrentRate > 0 ? arena.floats((steps + 1) * batch * width) : undefined

  const inputOf = (pass: Pass) =>
    maskedInput && pass.training && dropout.rate > 0 ? maskedInput.at : input.value(pass)
  const stateMaskOf = (pass: Pass) => (stateMask && pass.training && recurrentRate > 0 ? stateMask.at : 0)

  const stepsAtOnce = (pass: Pass) => Math.max(1, Math.round(ROWS_AT_ONCE / pass.batch))

  return {
    weights: bias ? [kernel, recurrentKernel, bias] : [kernel, recurrentKernel],
    dropout,
    output: {
      width: units,
      stride: width,
      steps: sequences ? steps : 1,
      // h holds the state before the first step too.
      value: (pass) => h.at + (sequences ? 1 : steps) * pass.batch * width * 4,
      gradient,
    },
    pack(training) {
      const columns = GATES * units
      for (let gate = 0; gate < GATES; gate++) {
        const panel = gate * width * 4
        const column = gate * units * 4
        kernels.pack(features, units, kernel.address() + column, columns, packedKernel.at + panel * features)
        kernels.pack(
          units,
          units,
          recurrentKernel.address() + column,
          columns,
          packedRecurrent.at + panel * units,
        )
        if (bias) kernels.pack(1, units, bias.address() + column, units, packedBias.at + panel)
        else kernels.zero(packedBias.at + panel, width)
        if (!training) continue
        kernels.packTransposed(
          units,
          units,
          recurrentKernel.address() + column,
          columns,
          recurrentTransposed.at,
          gateWidth,
          gate * width,
          width,
        )
        if (kernelTransposed) {
          kernels.packTransposed(
            features,
            units,
            kernel.address() + column,
            columns,
            kernelTransposed.at,
            gateWidth,
            gate * width,
            width,
          )
        }
      }
    },
    forward(pass) {
      if (inputMask && maskedInput && inputOf(pass) === maskedInput.at) {
        const shape = { steps: 1, columns: features, stride: input.stride }
        drawMask(planner, pass, index, 'inputs', dropout.rate, shape, inputMask.at, scratch.at)
        kernels.applyMaskPerStep(
          steps,
          pass.batch * input.stride,
          input.value(pass),
          inputMask.at,
          maskedInput.at,
        )
      }
      const mask = stateMaskOf(pass)
      if (mask) {
        const shape = { steps: 1, columns: units, stride: width }
        drawMask(planner, pass, index, 'recurrent', recurrentRate, shape, mask, scratch.at)
      }
      const x = inputOf(pass)
      // A few steps at a time, so that their gate sums are still in the cache when they are used.
      const stretch = stepsAtOnce(pass)
      for (let first = 0; first < steps; first += stretch) {
        const count = Math.min(stretch, steps - first)
        const row = first * pass.batch
        kernels.multiply(
          count * pass.batch,
          gateWidth / 8,
          features,
          x + row * input.stride * 4,
          input.stride,
          packedKernel.at,
          packedBias.at,
          0,
          z.at + row * gateWidth * 4,
          gateWidth,
        )
        kernels.lstmForward(
          pass.batch,
          first,
          count,
          units,
          activation,
          recurrent,
          planner.constants.at,
          z.at,
          packedRecurrent.at,
          h.at,
          c.at,
          s.at,
          mask,
          maskedStates?.at ?? 0,
          pass.lengths,
        )
      }
    },
    backward(pass) {
      const mask = stateMaskOf(pass)
      const x = inputOf(pass)
      const states = mask && maskedStates ? maskedStates.at : h.at
      kernels.zero(kernelGradient.at, features * gateWidth)
      kernels.zero(recurrentGradient.at, units * gateWidth)
      kernels.zero(biasGradient.at, gateWidth)
      const stretch = stepsAtOnce(pass)
      for (let end = steps; end > 0; end -= stretch) {
        const first = Math.max(0, end - stretch)
        const count = end - first
        const row = first * pass.batch
        const zAt = z.at + row * gateWidth * 4
        kernels.lstmBackward(
          pass.batch,
          steps,
          first,
          count,
          units,
          activation,
          recurrent,
          sequences ? 1 : 0,
          z.at,
          recurrentTransposed.at,
          c.at,
          s.at,
          gradient.at,
          rec.at,
          dc.at,
          mask,
          carry.at,
          pass.lengths,
          zeros.at,
        )
        kernels.weightGradients(
          count * pass.batch,
          gateWidth / 8,
          zAt,
          features,
          x + row * input.stride * 4,
          input.stride,
          kernelGradient.at,
          units,
          states + row * width * 4,
          width,
          recurrentGradient.at,
          biasGradient.at,
          scratch.at,
        )
        if (input.gradient && kernelTransposed) {
          kernels.multiply(
            count * pass.batch,
            input.stride / 8,
            gateWidth,
            zAt,
            gateWidth,
            kernelTransposed.at,
            zeros.at,
            0,
            input.gradient.at + row * input.stride * 4,
            input.stride,
          )
        }
      }
      if (!direct) {
        kernels.unpad(GATES * features, units, width, kernelGradient.at, kernel.gradient.at)
        kernels.unpad(GATES * units, units, width, recurrentGradient.at, recurrentKernel.gradient.at)
        if (bias) kernels.unpad(GATES, units, width, biasGradient.at, bias.gradient.at)
      }
      if (input.gradient && inputMask && x === maskedInput?.at) {
        const { at } = input.gradient
        kernels.applyMaskPerStep(steps, pass.batch * input.stride, at, inputMask.at, at)
      }
    },
    gates: {
      collect(pass, into) {
        // Input, forget and output gate; the third is the candidate state.
        for (const [place, gate] of [0, 1, 3].entries()) {
          kernels.gateStatistics(pass.batch, steps, units, gate, z.at, pass.lengths, into + place * 16)
        }
      },
    },
  }
}
