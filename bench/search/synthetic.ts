import {
  choice,
  defineSpace,
  deriveRng,
  float,
  int,
  minimize,
  type Params,
  type Space,
  type SpaceDefinition,
} from '@rondo/core'
import type { Problem } from './problems.ts'

interface Formula {
  readonly name: string
  readonly definition: SpaceDefinition
  /** The least value there is. */
  readonly best: number
  readonly value: (params: Params) => number
}

const cube = (d: number, low: number, high: number): SpaceDefinition =>
  Object.fromEntries(Array.from({ length: d }, (_, i) => [`x${i}`, float(low, high)]))

const vector = (params: Params): number[] => Object.values(params).map(Number)

const branin: Formula = {
  name: 'branin',
  definition: { x: float(-5, 10), y: float(0, 15) },
  best: 0.397887,
  value: (params) => {
    const [x, y] = [Number(params.x), Number(params.y)]
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6
    return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10
  },
}

const hartmannWeights = [1, 1.2, 3, 3.2]
const hartmannScales = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
]
const hartmannCentres = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
]
const hartmann6: Formula = {
  name: 'hartmann6',
  definition: cube(6, 0, 1),
  best: -3.32237,
  value: (params) => {
    const x = vector(params)
    return -hartmannWeights.reduce((sum, weight, i) => {
      const distance = x.reduce(
        (d, v, j) => d + hartmannScales[i]![j]! * (v - hartmannCentres[i]![j]! * 1e-4) ** 2,
        0,
      )
      return sum + weight * Math.exp(-distance)
    }, 0)
  },
}

const ackley5: Formula = {
  name: 'ackley5',
  definition: cube(5, -10, 20),
  best: 0,
  value: (params) => {
    const x = vector(params)
    const squares = x.reduce((sum, v) => sum + v * v, 0) / x.length
    const waves = x.reduce((sum, v) => sum + Math.cos(2 * Math.PI * v), 0) / x.length
    return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E
  },
}

const rosenbrock4: Formula = {
  name: 'rosenbrock4',
  definition: cube(4, -2, 2),
  best: 0,
  value: (params) => {
    const x = vector(params)
    return x.slice(1).reduce((sum, v, i) => sum + 100 * (v - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0)
  },
}

const levy4: Formula = {
  name: 'levy4',
  definition: cube(4, -10, 10),
  best: 0,
  value: (params) => {
    const w = vector(params).map((v) => 1 + (v - 1) / 4)
    const last = w.at(-1)!
    const middle = w
      .slice(0, -1)
      .reduce((sum, v) => sum + (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2), 0)
    return Math.sin(Math.PI * w[0]!) ** 2 + middle + (last - 1) ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2)
  },
}

/** Shaped like the tuning of a network: scales, a conditional, an interaction, rates at which training diverges. */
const network: Formula = {
  name: 'network',
  definition: {
    learningRate: float(1e-5, 1, { log: true }),
    units: int(8, 512, { log: true }),
    layers: int(1, 4),
    batchSize: choice([8, 16, 32, 64, 128]),
    optimizer: choice(['sgd', 'adam', 'rmsprop']),
    momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
    dropout: float(0, 0.7),
    decay: float(1e-8, 1e-1, { log: true }),
  },
  best: 0.1,
  value: (params) => {
    const sgd = params.optimizer === 'sgd'
    const rate = Math.log10(Number(params.learningRate)) - 0.5 * Math.log10(Number(params.batchSize) / 32)
    const away = rate - (sgd ? -1 : -2.6)
    if (away > 1.8) return Number.NaN
    const size = Math.log2(Number(params.units)) + Number(params.layers) - 9
    const overfit = Math.max(0, size + 1 - 4 * Number(params.dropout))
    const slow = away < 0 ? 0.25 * away * away : 0.5 * away * away
    const optimizer = sgd
      ? 0.12 + 0.3 * (Number(params.momentum) - 0.9) ** 2
      : params.optimizer === 'adam'
        ? 0
        : 0.03
    const decay = 0.004 * (Math.log10(Number(params.decay)) + 4) ** 2
    return 0.1 + slow + 0.02 * size * size + 0.05 * overfit + optimizer + decay
  },
}

/** The formulas, measured with normal noise of a share of the distance from the best to the median. */
export function syntheticProblems(filter = ''): Problem[] {
  const formulas = [branin, hartmann6, ackley5, rosenbrock4, levy4, network]
  return formulas
    .flatMap((formula) => [0, 0.1].map((noise) => problemOf(formula, noise)))
    .filter(({ name }) => name.includes(filter))
}

function problemOf({ name, definition, best, value }: Formula, noise: number): Problem {
  const space: Space = defineSpace(definition)
  const rng = deriveRng({ seed: 0, purpose: 'median' })
  const drawn = Array.from({ length: 2001 }, () => value(space.sample(rng))).filter((v) => !Number.isNaN(v))
  const median = drawn.sort((a, b) => a - b)[Math.floor(drawn.length / 2)]!
  return {
    name: noise === 0 ? name : `${name}~${noise}`,
    space,
    objective: minimize('value'),
    measure: (params, seed, repeat) => {
      const purpose = `noise ${space.keyOf(params)}`
      return value(params) + noise * (median - best) * deriveRng({ seed, purpose, step: repeat }).normal()
    },
    regret: (params) => {
      const exact = value(params)
      return Number.isNaN(exact) ? 1 : (exact - best) / (median - best)
    },
  }
}
