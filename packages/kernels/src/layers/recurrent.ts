import type { Buffer } from '../arena.ts'
import { ACTIVATION_CODES, type Address, padded } from '../kernels.ts'
import type { Activation, GruLayer, LstmLayer } from '../network.ts'
import { drawMask } from './masks.ts'
import type { DropoutControl, LayerPlan, Pass, Planner, Signal } from './plan.ts'

/** Rows (steps × batch) between which the passes change from one kernel to the next. */
const ROWS_AT_ONCE = 256

/** What a cell finds planned; P is `units` padded to 8, and there are as many gates as the cell has. */
export interface CellSpace {
  readonly planner: Planner
  readonly steps: number
  readonly units: number
  /** P. */
  readonly width: number
  /** Codes of the activations. */
  readonly activation: number
  readonly recurrent: number
  readonly sequences: boolean
  /** `[steps, batch, gates·P]`: x·W + b, then gates, then ∂L/∂ of the sums. */
  readonly z: Buffer
  /** `[steps + 1, batch, P]`: states before the first step and after each. */
  readonly h: Buffer
  /** As `h`, masked; only with recurrent dropout. */
  readonly maskedStates: Buffer | undefined
  /** Packed panels `[gates·P/8, units, 8]`. */
  readonly packedRecurrent: Buffer
  /** ∂L/∂output. */
  readonly gradient: Buffer
  /** P zeros. */
  readonly zeros: Buffer
}

/** Some steps of a sequence. */
export interface Stretch {
  readonly first: number
  readonly count: number
  /** The recurrent dropout mask, or 0. */
  readonly mask: Address
}

/** What distinguishes one recurrent layer from another. */
export interface CellPlan {
  /** Packs the transposed recurrent kernel `[units, gates·units]`, which the backward pass reads. */
  packTransposed(recurrentKernel: Address): void
  forward(pass: Pass, stretch: Stretch): void
  backward(pass: Pass, stretch: Stretch): void
  /** What each group of gates is multiplied with the recurrent kernel: `[steps, batch, P]`. */
  factors(
    mask: Address,
  ): readonly { readonly gate: number; readonly gates: number; readonly states: Address }[]
  /** Gates whose values are telemetry: input, forget and output. */
  readonly observed?: readonly [number, number, number]
}

export interface Cell {
  readonly gates: number
  plan(space: CellSpace): CellPlan
}

/** Plans a recurrent layer over a sequence; the formulas stand in `assembly/recurrent`. */
export function planRecurrent(
  cell: Cell,
  layer: LstmLayer | GruLayer,
  index: number,
  name: string,
  input: Signal,
  planner: Planner,
): LayerPlan {
  const { kernels, arena, batch } = planner
  const { units } = layer
  const { gates } = cell
  const { steps, width: features } = input
  const sequences = layer.returnSequences ?? false
  const width = padded(units)
  const gateWidth = gates * width
  const code = (activation: Activation) => ACTIVATION_CODES[activation as Exclude<Activation, 'softmax'>]
  const activation = code(layer.activation ?? 'tanh')
  const recurrent = code(layer.recurrentActivation ?? 'hardSigmoid')
  const dropout: DropoutControl = { rate: layer.dropout ?? 0, declared: (layer.dropout ?? 0) > 0 }
  const recurrentRate = layer.recurrentDropout ?? 0

  const kernel = planner.weight(`${name}/kernel`, [features, gates * units], true)
  const recurrentKernel = planner.weight(`${name}/recurrentKernel`, [units, gates * units], true)
  const bias = layer.useBias === false ? undefined : planner.weight(`${name}/bias`, [gates * units], false)

  const packedKernel = arena.floats(features * gateWidth)
  const packedRecurrent = arena.floats(units * gateWidth)
  const packedBias = arena.floats(gateWidth)
  const kernelTransposed = input.gradient && arena.floats(padded(features) * gateWidth)

  const z = arena.floats(steps * batch * gateWidth)
  const h = arena.floats((steps + 1) * batch * width)
  const gradient = arena.floats((sequences ? steps : 1) * batch * width)
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

  const own = cell.plan({
    planner,
    steps,
    units,
    width,
    activation,
    recurrent,
    sequences,
    z,
    h,
    maskedStates,
    packedRecurrent,
    gradient,
    zeros,
  })

  const inputOf = (pass: Pass) =>
    maskedInput && pass.training && dropout.rate > 0 ? maskedInput.at : input.value(pass)
  const stateMaskOf = (pass: Pass) => (stateMask && pass.training && recurrentRate > 0 ? stateMask.at : 0)

  const { observed } = own
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
      const columns = gates * units
      if (training) own.packTransposed(recurrentKernel.address())
      for (let gate = 0; gate < gates; gate++) {
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
        if (training && kernelTransposed) {
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
        own.forward(pass, { first, count, mask })
      }
    },
    backward(pass) {
      const mask = stateMaskOf(pass)
      const x = inputOf(pass)
      const factors = own.factors(mask)
      kernels.zero(kernelGradient.at, features * gateWidth)
      kernels.zero(recurrentGradient.at, units * gateWidth)
      kernels.zero(biasGradient.at, gateWidth)
      const stretch = stepsAtOnce(pass)
      for (let end = steps; end > 0; end -= stretch) {
        const first = Math.max(0, end - stretch)
        const count = end - first
        const row = first * pass.batch
        const zAt = z.at + row * gateWidth * 4
        own.backward(pass, { first, count, mask })
        for (const { gate, gates: group, states } of factors) {
          const column = gate * width * 4
          kernels.weightGradients(
            count * pass.batch,
            (group * width) / 8,
            zAt + column,
            gateWidth,
            gateWidth,
            features,
            x + row * input.stride * 4,
            input.stride,
            kernelGradient.at + column,
            units,
            states + row * width * 4,
            width,
            recurrentGradient.at + column,
            biasGradient.at + column,
            scratch.at,
          )
        }
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
        kernels.unpad(gates * features, units, width, kernelGradient.at, kernel.gradient.at)
        kernels.unpad(gates * units, units, width, recurrentGradient.at, recurrentKernel.gradient.at)
        if (bias) kernels.unpad(gates, units, width, biasGradient.at, bias.gradient.at)
      }
      if (input.gradient && inputMask && x === maskedInput?.at) {
        const { at } = input.gradient
        kernels.applyMaskPerStep(steps, pass.batch * input.stride, at, inputMask.at, at)
      }
    },
    ...(observed
      ? {
          gates: {
            collect(pass: Pass, into: Address) {
              for (const [place, gate] of observed.entries()) {
                const at = into + place * 16
                kernels.gateStatistics(pass.batch, steps, units, gate, z.at, pass.lengths, at)
              }
            },
          },
        }
      : {}),
  }
}
