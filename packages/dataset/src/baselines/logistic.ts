import type { PreparedFold } from '@rondo/core'
import { solvePositive } from './cholesky.ts'
import { affordable, type Design, designOf } from './design.ts'

const PENALTIES = [1, 10, 100, 1000]
/** The share of the train samples, the latest, that the penalty is chosen on. */
const TAIL = 0.2
const MOST_ITERATIONS = 25
/** With more columns a rare class has fewer samples than weights, and too few rows are affordable. */
const MOST_COLUMNS = 128

/**
 * Probabilities `[validation samples, outputs]` by logistic regression on the same windows, fitted by Newton's method
 * (iteratively reweighted least squares) with a ridge penalty, the one of the least log loss on the tail of the train
 * samples; more than two classes one against the rest, made to sum to 1.
 */
export function logistic(fold: PreparedFold, calendar: number): Float32Array {
  const design = designOf(fold, calendar, MOST_COLUMNS)
  const { outputs } = fold
  const starts = affordable(fold.trainStarts, design.columns * Math.sqrt(10 * outputs))
  const rows = fold.trainTargets.slice(-starts.length)
  const penalty = bestPenalty(fold, design, starts, rows)
  const probabilities = new Float32Array(fold.validationStarts.length * outputs)
  for (let output = 0; output < outputs; output++) {
    const weights = fit(design, starts, labelsOf(fold, rows, output), penalty)
    eachSample(design, fold.validationStarts, (x, sample) => {
      probabilities[sample * outputs + output] = sigmoid(dot(weights, x))
    })
  }
  if (outputs > 1) normalise(probabilities, outputs)
  return probabilities
}

function bestPenalty(fold: PreparedFold, design: Design, starts: Int32Array, rows: Int32Array): number {
  const split = starts.length - Math.max(1, Math.floor(TAIL * starts.length))
  let best = { penalty: PENALTIES[0]!, loss: Number.POSITIVE_INFINITY }
  for (const penalty of split === 0 ? [] : PENALTIES) {
    let loss = 0
    for (let output = 0; output < fold.outputs; output++) {
      const weights = fit(design, starts.subarray(0, split), labelsOf(fold, rows, output), penalty)
      const labels = labelsOf(fold, rows.subarray(split), output)
      eachSample(design, starts.subarray(split), (x, sample) => {
        const z = dot(weights, x)
        // log(1 + exp(−z)) for the class, log(1 + exp(z)) for the others, without overflow.
        const wrong = labels[sample] === 1 ? -z : z
        loss += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)))
      })
    }
    if (loss < best.loss) best = { penalty, loss }
  }
  return best.penalty
}

const labelsOf = ({ targets, outputs }: PreparedFold, rows: Int32Array, output: number): Float64Array =>
  Float64Array.from(rows, (row) => targets[row * outputs + output]!)

/** The weights of the columns, and of 1 last. */
function fit(design: Design, starts: Int32Array, labels: Float64Array, strength: number): Float64Array {
  const n = design.columns + 1
  let weights = new Float64Array(n)
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const gradient = new Float64Array(n)
    const hessian = new Float64Array(n * n)
    eachSample(design, starts, (x, sample) => {
      const p = sigmoid(dot(weights, x))
      const curvature = Math.max(p * (1 - p), 1e-9)
      for (let i = 0; i < n; i++) {
        gradient[i]! += x[i]! * (labels[sample]! - p)
        const scaled = curvature * x[i]!
        for (let j = 0; j <= i; j++) hessian[i * n + j]! += scaled * x[j]!
      }
    })
    for (let i = 0; i < n; i++) {
      // The intercept is penalised only as far as the system must stay solvable.
      const penalty = i === n - 1 ? 1e-9 : strength
      gradient[i]! -= penalty * weights[i]!
      hessian[i * n + i]! += penalty
    }
    const step = solvePositive(hessian, gradient, n, 1)
    if (step === undefined) break
    // Newton's method may leap too far where the classes are nearly separable.
    const length = Math.hypot(...step)
    const shrink = length > 10 ? 10 / length : 1
    weights = weights.map((weight, i) => weight + shrink * step[i]!)
    if (length < 1e-8 * (1 + Math.hypot(...weights))) break
  }
  return weights
}

function eachSample(
  design: Design,
  starts: Int32Array,
  visit: (x: Float64Array, sample: number) => void,
): void {
  const x = new Float64Array(design.columns + 1)
  x[design.columns] = 1
  starts.forEach((start, sample) => {
    design.write(start, x)
    visit(x, sample)
  })
}

function normalise(probabilities: Float32Array, classes: number): void {
  for (let at = 0; at < probabilities.length; at += classes) {
    const sample = probabilities.subarray(at, at + classes)
    const sum = sample.reduce((total, p) => total + p, 0)
    for (let c = 0; c < classes; c++) sample[c] = sum > 0 ? sample[c]! / sum : 1 / classes
  }
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

function dot(weights: Float64Array, x: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * x[i]!
  return sum
}
