/** A function to be minimised: writes the gradient at `x` and returns the value (Infinity where it has none). */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number

/** Limits of a minimisation. */
export interface LbfgsOptions {
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Default 50. */
  readonly maxIterations?: number
  /** Ends when no component of the projected gradient is larger. Default 1e-4. */
  readonly gradientTolerance?: number
  /** Ends when an iteration gains less than this, relative to the value. Default 1e-9. */
  readonly valueTolerance?: number
}

export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  readonly evaluations: number
}

/** Pairs of steps and gradient changes that are kept. */
const MEMORY = 8
/** Armijo's constant of sufficient decrease. */
const DECREASE = 1e-4
const MAX_HALVINGS = 20

/**
 * Minimises inside a box: limited-memory BFGS directions (Nocedal 1980) on the coordinates that are free to move, with
 * a backtracking search along the projected path (Bertsekas 1982).
 */
export function minimizeInBox(f: Differentiable, start: Float64Array, options: LbfgsOptions): Minimum {
  const { lower, upper, maxIterations = 50, gradientTolerance = 1e-4, valueTolerance = 1e-9 } = options
  const n = start.length
  const x = start.map((v, i) => clamp(v, lower[i]!, upper[i]!))
  const gradient = new Float64Array(n)
  const trial = new Float64Array(n)
  const trialGradient = new Float64Array(n)
  const direction = new Float64Array(n)
  const memory: Pair[] = []
  let value = f(x, gradient)
  let evaluations = 1
  for (let iteration = 0; iteration < maxIterations && Number.isFinite(value); iteration++) {
    const free = (i: number): boolean =>
      gradient[i]! > 0 ? x[i]! > lower[i]! : gradient[i]! < 0 ? x[i]! < upper[i]! : true
    let steepest = 0
    for (let i = 0; i < n; i++) if (free(i)) steepest = Math.max(steepest, Math.abs(gradient[i]!))
    if (steepest <= gradientTolerance) break

    for (let i = 0; i < n; i++) direction[i] = free(i) ? gradient[i]! : 0
    applyInverseHessian(direction, memory)
    let slope = 0
    for (let i = 0; i < n; i++) {
      direction[i] = free(i) ? -direction[i]! : 0
      slope += direction[i]! * gradient[i]!
    }
    if (!(slope < 0)) {
      // The kept curvature belongs to other free coordinates: begin again with the steepest descent.
      if (memory.length === 0) break
      memory.length = 0
      iteration--
      continue
    }
    let step = memory.length === 0 ? Math.min(1, 0.5 / Math.sqrt(-slope)) : 1
    let next = Number.POSITIVE_INFINITY
    let accepted = false
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      let promised = 0
      let moved = false
      for (let i = 0; i < n; i++) {
        trial[i] = clamp(x[i]! + step * direction[i]!, lower[i]!, upper[i]!)
        promised += gradient[i]! * (trial[i]! - x[i]!)
        if (trial[i] !== x[i]) moved = true
      }
      if (!moved) break
      next = f(trial, trialGradient)
      evaluations++
      if (next <= value + DECREASE * promised) {
        accepted = true
        break
      }
      step *= Number.isFinite(next) ? interpolated(value, next, promised) : 0.25
    }
    if (!accepted) {
      if (memory.length === 0) break
      memory.length = 0
      continue
    }
    remember(memory, x, trial, gradient, trialGradient)
    const gain = value - next
    x.set(trial)
    gradient.set(trialGradient)
    value = next
    if (gain <= valueTolerance * Math.max(1, Math.abs(value))) break
  }
  return { x, value, evaluations }
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly rho: number
}

/** The minimum of the parabola through the known values, held within a tenth and a half of the step. */
function interpolated(value: number, next: number, promised: number): number {
  const curvature = next - value - promised
  return curvature > 0 ? clamp(-promised / (2 * curvature), 0.1, 0.5) : 0.5
}

function remember(
  memory: Pair[],
  x: Float64Array,
  next: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const step = next.map((v, i) => v - x[i]!)
  const change = nextGradient.map((v, i) => v - gradient[i]!)
  const curvature = dot(step, change)
  // Only pairs of positive curvature keep the approximation positive definite.
  if (curvature <= 1e-10 * dot(change, change)) return
  memory.push({ step, change, rho: 1 / curvature })
  if (memory.length > MEMORY) memory.shift()
}

/** The two loops of Nocedal's recursion, in place. */
function applyInverseHessian(q: Float64Array, memory: readonly Pair[]): void {
  const last = memory.at(-1)
  if (last === undefined) return
  const alphas: number[] = []
  for (let m = memory.length - 1; m >= 0; m--) {
    const { step, change, rho } = memory[m]!
    const alpha = rho * dot(step, q)
    alphas[m] = alpha
    for (let i = 0; i < q.length; i++) q[i] = q[i]! - alpha * change[i]!
  }
  const scale = 1 / (last.rho * dot(last.change, last.change))
  for (let i = 0; i < q.length; i++) q[i] = q[i]! * scale
  for (let m = 0; m < memory.length; m++) {
    const { step, change, rho } = memory[m]!
    const beta = rho * dot(change, q)
    for (let i = 0; i < q.length; i++) q[i] = q[i]! + (alphas[m]! - beta) * step[i]!
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}
