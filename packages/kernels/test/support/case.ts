import {
  type Build,
  compileStep,
  type KernelHost,
  type Network,
  type Recipe,
  standaloneHost,
  type TrainingData,
  type TrainingStep,
} from '../../src/index.ts'
import { widthOf } from '../../src/network.ts'
import { uniform } from './random.ts'

const hosts = new Map<string, Promise<KernelHost>>()

/** A host for each build and width of tiles, one in a process. */
export function hostOf(build: Build, wide?: boolean): Promise<KernelHost> {
  const key = `${build} ${wide}`
  const host = hosts.get(key) ?? standaloneHost({ build, ...(wide === undefined ? {} : { wide }) })
  hosts.set(key, host)
  return host
}

/** A network with data and weights that depend on its shape and a seed only. */
export interface Case {
  readonly step: TrainingStep
  readonly weights: Float32Array[]
  readonly data: TrainingData
  readonly starts: Int32Array
  readonly targets: Int32Array
}

export interface CaseOptions {
  readonly batch: number
  readonly seed?: number
  readonly build?: Build
  /** Whether tiles span two panels; absent: where it pays. */
  readonly wide?: boolean
  readonly weighted?: boolean
  readonly ragged?: boolean
  /** Of the weights: they are within ± this. */
  readonly spread?: number
}

const outputsOf = (network: Network): number => {
  const last = network.layers.findLast((layer) => layer.kind !== 'dropout')
  return (last && widthOf(last)) ?? network.features
}

function targetsFor(recipe: Recipe, rows: number, outputs: number, seed: number): Float32Array {
  const values = uniform(rows * outputs, seed + 1)
  if (recipe.loss.name === 'binaryCrossentropy') return values.map((value) => (value > 0 ? 1 : 0))
  if (recipe.loss.name !== 'categoricalCrossentropy') return values
  const oneHot = new Float32Array(rows * outputs)
  for (let row = 0; row < rows; row++) {
    oneHot[row * outputs + Math.floor(((values[row] as number) + 1) * 0.4999 * outputs)] = 1
  }
  return oneHot
}

export async function makeCase(network: Network, recipe: Recipe, options: CaseOptions): Promise<Case> {
  const { batch, seed = 1, build = 'relaxed', spread = 0.4 } = options
  const step = compileStep(network, recipe, await hostOf(build, options.wide), {
    batchSize: batch,
    seed,
    fold: 2,
  })
  const rows = network.steps + 3 * batch
  const outputs = outputsOf(network)
  const series = uniform(rows * network.features, seed)
  const targets = targetsFor(recipe, rows, outputs, seed)
  const data: TrainingData = {
    series,
    targets,
    ...(options.weighted ? { weights: uniform(rows, seed + 2).map((w) => w + 1.1) } : {}),
    ...(options.ragged
      ? {
          lengths: Int32Array.from(uniform(rows, seed + 3), (u) =>
            Math.min(network.steps, 1 + Math.floor((u + 1) * 0.5 * network.steps)),
          ),
        }
      : {}),
  }
  const weights = step.weightDescriptions.map(({ shape }, n) =>
    uniform(
      shape.reduce((product, size) => product * size, 1),
      seed + 10 + n,
      spread,
    ),
  )
  step.load(data)
  step.setWeights(weights)
  const starts = Int32Array.from({ length: batch }, (_, b) => (b * 2) % (rows - network.steps + 1))
  return { step, weights, data, starts, targets: starts.map((start) => start + network.steps - 1) }
}

/** ‖a − b‖∞ / ‖b‖∞, where b is the reference. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0
  let largest = 0
  for (let n = 0; n < expected.length; n++) {
    const error = Math.abs((actual[n] as number) - (expected[n] as number))
    // NaN must not compare as small.
    if (!(error <= difference)) difference = error
    largest = Math.max(largest, Math.abs(expected[n] as number))
  }
  return largest === 0 ? difference : difference / largest
}
