import type { DenseLayer, DropoutLayer, GruLayer, LstmLayer } from '../../src/index.ts'
import { ACTIVATIONS } from './activations.ts'

/** `[batch][steps][width]`; one step where it is no sequence. */
export type Values = number[][][]

/** A layer's result, and its derivative: from ∂L/∂output to ∂L/∂input and the weights' gradients. */
export interface Applied {
  readonly output: Values
  backward(gradient: Values): { readonly input: Values; readonly weights: number[][] }
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)
const like = (values: Values): Values => values.map((sample) => sample.map((row) => row.map(() => 0)))
const at = (row: readonly number[] | Float32Array | undefined, n: number): number => row?.[n] ?? 0

type HiddenActivation = keyof typeof ACTIVATIONS

/** Masks of one layer, by element in the layer's own order; absent without dropout. */
export interface Masks {
  readonly inputs?: Float32Array
  readonly recurrent?: Float32Array
}

/** The LSTM written from its equations, one number at a time. */
export function applyLstm(
  layer: LstmLayer,
  weights: readonly Float32Array[],
  input: Values,
  masks: Masks,
  lengths: readonly number[] | undefined,
): Applied {
  const { units } = layer
  const features = input[0]?.[0]?.length ?? 0
  const steps = input[0]?.length ?? 0
  const a = ACTIVATIONS[(layer.activation ?? 'tanh') as HiddenActivation]
  const rho = ACTIVATIONS[(layer.recurrentActivation ?? 'hardSigmoid') as HiddenActivation]
  const [kernel, recurrent, bias] = weights
  const gateActivation = [rho, rho, a, rho]
  const output: Values = []
  const trace = input.map((sample, b) => {
    let h = zeros(units)
    let c = zeros(units)
    const outputs: number[][] = []
    const steps_ = sample.map((row, t) => {
      const x = row.map((value, n) => value * (masks.inputs ? at(masks.inputs, b * features + n) : 1))
      const m = h.map((value, n) => value * (masks.recurrent ? at(masks.recurrent, b * units + n) : 1))
      const ended = lengths !== undefined && t >= (lengths[b] as number)
      const z = zeros(4 * units).map((_, column) => {
        let sum = at(bias, column)
        for (let n = 0; n < features; n++) sum += (x[n] as number) * at(kernel, n * 4 * units + column)
        for (let n = 0; n < units; n++) sum += (m[n] as number) * at(recurrent, n * 4 * units + column)
        return sum
      })
      const gate = (g: number, n: number) => (gateActivation[g] as typeof a).of(z[g * units + n] as number)
      const c0 = c
      if (!ended) {
        c = c0.map((before, n) => gate(1, n) * before + gate(0, n) * gate(2, n))
        h = c.map((state, n) => gate(3, n) * a.of(state))
      }
      outputs.push(h)
      return { x, m, z, c0, c, ended }
    })
    output.push(layer.returnSequences ? outputs : [h])
    return steps_
  })
  return {
    output,
    backward(gradient) {
      const dInput = like(input)
      const dKernel = zeros(features * 4 * units)
      const dRecurrent = zeros(units * 4 * units)
      const dBias = zeros(4 * units)
      for (const [b, sample] of trace.entries()) {
        let dh = zeros(units)
        let dc = zeros(units)
        for (let t = steps - 1; t >= 0; t--) {
          const { x, m, z, c0, c, ended } = sample[t] as (typeof sample)[number]
          const out = layer.returnSequences
            ? gradient[b]?.[t]
            : t === steps - 1
              ? gradient[b]?.[0]
              : undefined
          dh = dh.map((value, n) => value + at(out, n))
          if (ended) continue
          const value = (g: number, n: number) =>
            (gateActivation[g] as typeof a).of(z[g * units + n] as number)
          const slope = (g: number, n: number) =>
            (gateActivation[g] as typeof a).slope(z[g * units + n] as number)
          const dz = zeros(4 * units)
          dc = dc.map((before, n) => before + at(dh, n) * value(3, n) * a.slope(at(c, n)))
          for (let n = 0; n < units; n++) {
            dz[n] = at(dc, n) * value(2, n) * slope(0, n)
            dz[units + n] = at(dc, n) * at(c0, n) * slope(1, n)
            dz[2 * units + n] = at(dc, n) * value(0, n) * slope(2, n)
            dz[3 * units + n] = at(dh, n) * a.of(at(c, n)) * slope(3, n)
          }
          dc = dc.map((after, n) => after * value(1, n))
          const dm = zeros(units)
          for (let column = 0; column < 4 * units; column++) {
            const d = dz[column] as number
            dBias[column] = at(dBias, column) + d
            for (let n = 0; n < features; n++) {
              const place = n * 4 * units + column
              dKernel[place] = at(dKernel, place) + (x[n] as number) * d
              const scale = masks.inputs ? at(masks.inputs, b * features + n) : 1
              const row = dInput[b]?.[t] as number[]
              row[n] = at(row, n) + d * at(kernel, place) * scale
            }
            for (let n = 0; n < units; n++) {
              const place = n * 4 * units + column
              dRecurrent[place] = at(dRecurrent, place) + (m[n] as number) * d
              dm[n] = at(dm, n) + d * at(recurrent, place)
            }
          }
          dh = dm.map((value, n) => value * (masks.recurrent ? at(masks.recurrent, b * units + n) : 1))
        }
      }
      return { input: dInput, weights: bias ? [dKernel, dRecurrent, dBias] : [dKernel, dRecurrent] }
    },
  }
}

/** The GRU of tfjs written from its equations, one number at a time. */
export function applyGru(
  layer: GruLayer,
  weights: readonly Float32Array[],
  input: Values,
  masks: Masks,
  lengths: readonly number[] | undefined,
): Applied {
  const { units } = layer
  const features = input[0]?.[0]?.length ?? 0
  const steps = input[0]?.length ?? 0
  const a = ACTIVATIONS[(layer.activation ?? 'tanh') as HiddenActivation]
  const rho = ACTIVATIONS[(layer.recurrentActivation ?? 'hardSigmoid') as HiddenActivation]
  const [kernel, recurrent, bias] = weights
  const columns = 3 * units
  const stateMask = (b: number, n: number) => (masks.recurrent ? at(masks.recurrent, b * units + n) : 1)
  /** Σ_n v_n·R[n, gate·units + unit]. */
  const product = (v: readonly number[], gate: number, unit: number) =>
    v.reduce((sum, value, n) => sum + value * at(recurrent, n * columns + gate * units + unit), 0)
  const output: Values = []
  const trace = input.map((sample, b) => {
    let h = zeros(units)
    const outputs: number[][] = []
    const history = sample.map((row, t) => {
      const x = row.map((value, n) => value * (masks.inputs ? at(masks.inputs, b * features + n) : 1))
      const m = h.map((value, n) => value * stateMask(b, n))
      const ended = lengths !== undefined && t >= (lengths[b] as number)
      const outside = (gate: number, unit: number) =>
        x.reduce(
          (sum, value, n) => sum + value * at(kernel, n * columns + gate * units + unit),
          at(bias, gate * units + unit),
        )
      const zu = zeros(units).map((_, n) => outside(0, n) + product(m, 0, n))
      const zr = zeros(units).map((_, n) => outside(1, n) + product(m, 1, n))
      const q = m.map((value, n) => value * rho.of(at(zr, n)))
      const zg = zeros(units).map((_, n) => outside(2, n) + product(q, 2, n))
      if (!ended)
        h = m.map((value, n) => rho.of(at(zu, n)) * value + (1 - rho.of(at(zu, n))) * a.of(at(zg, n)))
      outputs.push(h)
      return { x, m, q, zu, zr, zg, ended }
    })
    output.push(layer.returnSequences ? outputs : [h])
    return history
  })
  return {
    output,
    backward(gradient) {
      const dInput = like(input)
      const dKernel = zeros(features * columns)
      const dRecurrent = zeros(units * columns)
      const dBias = zeros(columns)
      for (const [b, sample] of trace.entries()) {
        let dh = zeros(units)
        for (let t = steps - 1; t >= 0; t--) {
          const { x, m, q, zu, zr, zg, ended } = sample[t] as (typeof sample)[number]
          const out = layer.returnSequences
            ? gradient[b]?.[t]
            : t === steps - 1
              ? gradient[b]?.[0]
              : undefined
          dh = dh.map((value, n) => value + at(out, n))
          if (ended) continue
          const du = dh.map((d, n) => d * (at(m, n) - a.of(at(zg, n))) * rho.slope(at(zu, n)))
          const dg = dh.map((d, n) => d * (1 - rho.of(at(zu, n))) * a.slope(at(zg, n)))
          /** Of v by d = v·R, gate by gate. */
          const back = (d: readonly number[], gate: number, n: number) =>
            d.reduce((sum, value, unit) => sum + value * at(recurrent, n * columns + gate * units + unit), 0)
          const dq = zeros(units).map((_, n) => back(dg, 2, n))
          const dr = dq.map((d, n) => d * at(m, n) * rho.slope(at(zr, n)))
          const dm = dh.map(
            (d, n) => d * rho.of(at(zu, n)) + at(dq, n) * rho.of(at(zr, n)) + back(du, 0, n) + back(dr, 1, n),
          )
          for (const [gate, d] of [du, dr, dg].entries()) {
            const states = gate === 2 ? q : m
            for (const [unit, value] of d.entries()) {
              const column = gate * units + unit
              dBias[column] = at(dBias, column) + value
              for (let n = 0; n < features; n++) {
                const place = n * columns + column
                dKernel[place] = at(dKernel, place) + at(x, n) * value
                const row = dInput[b]?.[t] as number[]
                row[n] =
                  at(row, n) +
                  value * at(kernel, place) * (masks.inputs ? at(masks.inputs, b * features + n) : 1)
              }
              for (let n = 0; n < units; n++) {
                dRecurrent[n * columns + column] =
                  at(dRecurrent, n * columns + column) + at(states, n) * value
              }
            }
          }
          dh = dm.map((value, n) => value * stateMask(b, n))
        }
      }
      return { input: dInput, weights: bias ? [dKernel, dRecurrent, dBias] : [dKernel, dRecurrent] }
    },
  }
}

/** A dense layer; `logits` leaves out its activation. */
export function applyDense(
  layer: DenseLayer,
  weights: readonly Float32Array[],
  input: Values,
  logits: boolean,
): Applied {
  const { units } = layer
  const [kernel, bias] = weights
  const a = ACTIVATIONS[logits ? 'linear' : ((layer.activation ?? 'linear') as HiddenActivation)]
  const sums = input.map((sample) =>
    sample.map((row) =>
      zeros(units).map((_, o) => row.reduce((sum, x, n) => sum + x * at(kernel, n * units + o), at(bias, o))),
    ),
  )
  return {
    output: sums.map((sample) => sample.map((row) => row.map(a.of))),
    backward(gradient) {
      const dInput = like(input)
      const dKernel = zeros(kernel?.length ?? 0)
      const dBias = zeros(units)
      for (const [b, sample] of input.entries()) {
        for (const [t, row] of sample.entries()) {
          for (let o = 0; o < units; o++) {
            const d = at(gradient[b]?.[t], o) * a.slope(at(sums[b]?.[t], o))
            dBias[o] = at(dBias, o) + d
            for (const [n, x] of row.entries()) {
              dKernel[n * units + o] = at(dKernel, n * units + o) + x * d
              const dRow = dInput[b]?.[t] as number[]
              dRow[n] = at(dRow, n) + d * at(kernel, n * units + o)
            }
          }
        }
      }
      return { input: dInput, weights: bias ? [dKernel, dBias] : [dKernel] }
    },
  }
}

/** A dropout layer under a given mask. */
export function applyDropout(_layer: DropoutLayer, input: Values, masks: Masks): Applied {
  const steps = input[0]?.length ?? 0
  const masked = (values: Values): Values =>
    values.map((sample, b) =>
      sample.map((row, t) =>
        row.map((x, n) => x * (masks.inputs ? at(masks.inputs, (b * steps + t) * row.length + n) : 1)),
      ),
    )
  return { output: masked(input), backward: (gradient) => ({ input: masked(gradient), weights: [] }) }
}

/** Each sequence from its last step to its first; zeros beyond its end. */
export function turn(values: Values, lengths: readonly number[] | undefined): Values {
  return values.map((sample, b) => {
    const length = lengths?.[b] ?? sample.length
    return sample.map((row, t) => (t < length ? [...(sample[length - 1 - t] as number[])] : row.map(() => 0)))
  })
}

/** Two results side by side, of a sequence and of the sequence turned round. */
export function applyBothWays(
  ahead: Applied,
  back: Applied,
  sequences: boolean,
  lengths: readonly number[] | undefined,
): Applied {
  const turnBack = (values: Values) => (sequences ? turn(values, lengths) : values)
  const width = ahead.output[0]?.[0]?.length ?? 0
  const join = (
    a: Values,
    b: Values,
    how: (x: readonly number[], y: readonly number[]) => number[],
  ): Values => a.map((sample, n) => sample.map((row, t) => how(row, b[n]?.[t] as number[])))
  const columns = (values: Values, from: number) =>
    values.map((sample) => sample.map((row) => row.slice(from, from + width)))
  return {
    output: join(ahead.output, turnBack(back.output), (x, y) => [...x, ...y]),
    backward(gradient) {
      const first = ahead.backward(columns(gradient, 0))
      const second = back.backward(turnBack(columns(gradient, width)))
      return {
        input: join(first.input, turn(second.input, lengths), (x, y) =>
          x.map((value, n) => value + (y[n] as number)),
        ),
        weights: [...first.weights, ...second.weights],
      }
    },
  }
}
