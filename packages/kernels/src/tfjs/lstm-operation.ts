import { planArena, sharedBuffer } from '../arena.ts'
import { type Address, CONSTANT_FLOATS, padded } from '../kernels.ts'
import { LSTM_CELL } from '../layers/lstm.ts'
import type { LayerPlan, Pass, Planner, Signal } from '../layers/plan.ts'
import { planRecurrent } from '../layers/recurrent.ts'
import type { LstmLayer } from '../network.ts'
import type { TfjsHost } from './host.ts'

/** What one call of the layer is about. It is JSON, as attributes of tfjs operations are. */
export interface LstmCall {
  readonly layer: LstmLayer
  /** `[batch, steps, features]`. */
  readonly shape: readonly [number, number, number]
  readonly training: boolean
  /** Address of the dropout masks: the number of the call and of the layer. */
  readonly step: number
  readonly id: number
}

/** One call of an LSTM layer of tfjs, from tensors to tensors. All its working memory is one tensor, `state`. */
export interface LstmOperation {
  /** Length of `state`. */
  readonly floats: number
  readonly outputShape: readonly number[]
  forward(state: Address, x: Address, output: Address): void
  /** After `forward` with the same state, which it uses up. `gradients` are for kernel, recurrent kernel and bias. */
  backward(state: Address, dy: Address, dx: Address, gradients: readonly Address[]): void
}

/** Plans one call; `weights` are the addresses of kernel, recurrent kernel and, if there is one, bias. */
export function planLstmOperation(
  call: LstmCall,
  host: TfjsHost,
  weights: readonly Address[],
): LstmOperation {
  const { layer, training, step } = call
  const [batch, steps, features] = call.shape
  const { kernels } = host
  const stride = padded(features)
  const arena = planArena(host)
  const zeros = sharedBuffer(arena)
  const scratch = sharedBuffer(arena)
  const constants = arena.floats(CONSTANT_FLOATS)
  const x = arena.floats(steps * batch * stride)
  const dx = arena.floats(steps * batch * stride)
  let gradients: readonly Address[] = []
  let count = 0
  let zeroLength = 0
  const planner: Planner = {
    kernels,
    arena,
    constants,
    batch,
    seed: 0,
    fold: 0,
    zeros(length) {
      zeroLength = Math.max(zeroLength, length)
      return zeros.ask(length)
    },
    scratch: (length) => scratch.ask(length),
    weight(name, shape, penalised) {
      const n = count++
      const gradient = {
        get at() {
          return gradients[n] as Address
        },
      }
      const length = shape.reduce((product, size) => product * size, 1)
      return { name, shape, length, penalised, address: () => weights[n] as Address, gradient }
    },
  }
  const input: Signal = { width: features, stride, steps, value: () => x.at, gradient: dx }
  const plan: LayerPlan = planRecurrent(LSTM_CELL, layer, call.id, 'lstm', input, planner)
  zeros.settle()
  scratch.settle()
  const pass: Pass = { batch, training, step, lengths: 0 }
  const { output } = plan
  const outputGradient = output.gradient as { readonly at: Address }
  const move = (direction: 'toTimeMajor' | 'toBatchMajor', signal: Signal, from: Address, to: Address) => {
    kernels[direction](batch, signal.steps, signal.width, signal.stride, from, to)
  }
  return {
    floats: Math.ceil(arena.bytes / 4),
    outputShape: layer.returnSequences ? [batch, steps, layer.units] : [batch, layer.units],
    forward(state, from, to) {
      arena.place(state)
      kernels.writeConstants(constants.at)
      // tfjs hands out memory as it comes.
      kernels.zero(zeros.ask(0).at, zeroLength)
      move('toTimeMajor', input, from, x.at)
      plan.pack(false)
      plan.forward(pass)
      move('toBatchMajor', output, output.value(pass), to)
    },
    backward(state, dy, to, into) {
      arena.place(state)
      gradients = into
      plan.pack(true)
      move('toTimeMajor', output, dy, outputGradient.at)
      plan.backward(pass)
      move('toBatchMajor', input, dx.at, to)
    },
  }
}
