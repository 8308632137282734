import type { PreparedFold } from '@rondo/core'
import { solvePositive } from './cholesky.ts'
import { affordable, type Design, designOf } from './design.ts'

const PENALTIES = [0.1, 1, 10, 100, 1000, 10_000]
/** The share of the train samples, the latest, that the penalty is chosen on. */
const TAIL = 0.2

/**
 * Predicts the fold's scaled targets `[validation samples, outputs]` by ridge regression (Hoerl and Kennard, 1970) on
 * the same windows. The penalty is the one with the least absolute error on the tail of the train samples.
 */
export function ridge(fold: PreparedFold, calendar: number): Float32Array {
  const design = designOf(fold, calendar)
  const starts = affordable(fold.trainStarts, design.columns)
  const rows = fold.trainTargets.slice(-starts.length)
  const split = starts.length - Math.max(1, Math.floor(TAIL * starts.length))
  const head = sums(fold, design, starts.subarray(0, split), rows.subarray(0, split))
  const tail = sums(fold, design, starts.subarray(split), rows.subarray(split))
  const tailTargets = targetsOf(fold, rows.subarray(split))
  let best = { penalty: PENALTIES[0]!, error: Infinity }
  for (const penalty of split === 0 ? [] : PENALTIES) {
    const model = solve(head, penalty)
    if (model === undefined) continue
    const predicted = predict(fold, design, starts.subarray(split), model)
    const error = tailTargets.reduce((sum, value, i) => sum + Math.abs(value - predicted[i]!), 0)
    if (error < best.error) best = { penalty, error }
  }
  const model = solve(add(head, tail), best.penalty)
  return model === undefined
    ? new Float32Array(fold.validationStarts.length * fold.outputs)
    : predict(fold, design, fold.validationStarts, model)
}

/** Sums over samples: enough to fit, and two of them add up to those of all samples. */
interface Sums {
  readonly count: number
  readonly columns: number
  readonly outputs: number
  /** Σ x·xᵀ, its lower triangle, `[columns, columns]` */
  readonly squares: Float64Array
  /** Σ x·yᵀ `[columns, outputs]` */
  readonly products: Float64Array
  readonly inputs: Float64Array
  readonly targets: Float64Array
}

interface LinearModel {
  /** `[columns, outputs]` */
  readonly weights: Float64Array
  /** `[outputs]` */
  readonly intercepts: Float64Array
}

function sums(fold: PreparedFold, design: Design, starts: Int32Array, rows: Int32Array): Sums {
  const { columns } = design
  const { outputs, targets } = fold
  const squares = new Float64Array(columns * columns)
  const products = new Float64Array(columns * outputs)
  const inputSums = new Float64Array(columns)
  const targetSums = new Float64Array(outputs)
  const x = new Float64Array(columns)
  for (let sample = 0; sample < starts.length; sample++) {
    design.write(starts[sample]!, x)
    const target = rows[sample]! * outputs
    for (let i = 0; i < columns; i++) {
      const value = x[i]!
      inputSums[i]! += value
      for (let j = 0; j <= i; j++) squares[i * columns + j]! += value * x[j]!
      for (let o = 0; o < outputs; o++) products[i * outputs + o]! += value * targets[target + o]!
    }
    for (let o = 0; o < outputs; o++) targetSums[o]! += targets[target + o]!
  }
  return { count: starts.length, columns, outputs, squares, products, inputs: inputSums, targets: targetSums }
}

function add(a: Sums, b: Sums): Sums {
  const both = (x: Float64Array, y: Float64Array) => x.map((value, i) => value + y[i]!)
  return {
    ...a,
    count: a.count + b.count,
    squares: both(a.squares, b.squares),
    products: both(a.products, b.products),
    inputs: both(a.inputs, b.inputs),
    targets: both(a.targets, b.targets),
  }
}

/** (XᵀX + λ·I)·w = Xᵀy about the means, so that the intercept is not penalised. */
function solve(sums: Sums, penalty: number): LinearModel | undefined {
  const { count, columns, outputs, inputs, targets } = sums
  const squares = sums.squares.slice()
  const products = sums.products.slice()
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) squares[i * columns + j]! -= (inputs[i]! * inputs[j]!) / count
    squares[i * columns + i]! += penalty
    for (let o = 0; o < outputs; o++) products[i * outputs + o]! -= (inputs[i]! * targets[o]!) / count
  }
  const weights = solvePositive(squares, products, columns, outputs)
  if (weights === undefined) return undefined
  const intercepts = targets.map((sum, o) => {
    let mean = sum / count
    for (let i = 0; i < columns; i++) mean -= (inputs[i]! / count) * weights[i * outputs + o]!
    return mean
  })
  return { weights, intercepts }
}

function predict(fold: PreparedFold, design: Design, starts: Int32Array, model: LinearModel): Float32Array {
  const { outputs } = fold
  const predicted = new Float32Array(starts.length * outputs)
  const x = new Float64Array(design.columns)
  for (let sample = 0; sample < starts.length; sample++) {
    design.write(starts[sample]!, x)
    for (let o = 0; o < outputs; o++) {
      let sum = model.intercepts[o]!
      for (let i = 0; i < x.length; i++) sum += x[i]! * model.weights[i * outputs + o]!
      predicted[sample * outputs + o] = sum
    }
  }
  return predicted
}

function targetsOf({ targets, outputs }: PreparedFold, rows: Int32Array): Float32Array {
  const chosen = new Float32Array(rows.length * outputs)
  for (const [i, row] of rows.entries()) {
    chosen.set(targets.subarray(row * outputs, (row + 1) * outputs), i * outputs)
  }
  return chosen
}
