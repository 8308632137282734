import { compileNetwork, type NetworkOptions } from './compile-network.ts'
import { uncovered } from './coverage.ts'
import { type LoadedData, loadData } from './data.ts'
import { KernelError } from './errors.ts'
import type { KernelHost } from './host.ts'
import type { Address } from './kernels.ts'
import type { Pass } from './layers/plan.ts'
import { bindLoss } from './losses.ts'
import type { Network, Recipe } from './network.ts'
import { planOptimizer } from './optimizer/plan-optimizer.ts'
import { readSnapshot, type SnapshotState, writeSnapshot } from './snapshot.ts'
import type { GateTelemetry, LayerTelemetry, TrainingStep } from './training-step.ts'
import { checkNetwork } from './validate.ts'

export interface StepOptions {
  /** The most samples of one update; evaluation and prediction go in batches of it. */
  readonly batchSize: number
  /** 32 bits; with `fold` the key of the dropout masks. Default 0. */
  readonly seed?: number
  /** Default 0. */
  readonly fold?: number
  /**
   * Where each weight lies, asked anew at every call, in the order of `weightDescriptions`. Absent: in memory of the
   * step's own, zero at first.
   */
  readonly weightAddresses?: readonly (() => Address)[]
}

/** Floats of one layer's gate statistics: three gates of four numbers. */
const GATE_FLOATS = 12

/**
 * Plans a training step of `network` in the memory of `host`.
 *
 * @throws RONDO_KERNEL_UNCOVERED naming what is not covered; RONDO_KERNEL_INVALID for a size or a rate that is none;
 * RONDO_KERNEL_MEMORY
 */
export function compileStep(
  network: Network,
  recipe: Recipe,
  host: KernelHost,
  options: StepOptions,
): TrainingStep {
  const missing = uncovered(network, recipe)
  if (missing.length > 0) {
    throw new KernelError('RONDO_KERNEL_UNCOVERED', {
      message: `The compiled step does not cover ${missing.join('; ')}.`,
      value: missing,
      remedy: 'Train this model through tfjs.',
    })
  }
  checkNetwork(network, recipe, options.batchSize)
  const { batchSize, seed = 0, fold = 0 } = options
  const { kernels, memory } = host
  const networkOptions: NetworkOptions = {
    batchSize,
    seed,
    fold,
    ...(options.weightAddresses ? { weightAddresses: options.weightAddresses } : {}),
  }
  const { arena, constants, layers, weights, input, output, logits } = compileNetwork(
    network,
    recipe,
    host,
    networkOptions,
  )
  const outputs = output.width
  const loss = bindLoss(recipe.loss, outputs, kernels, arena)
  const optimizer = planOptimizer(recipe, weights, kernels, arena)
  const starts = arena.floats(batchSize)
  const rows = arena.floats(batchSize)
  const batchTargets = arena.floats(batchSize * outputs)
  const batchLengths = arena.floats(batchSize)
  const batchWeights = arena.floats(batchSize)
  const gateSums = arena.floats(layers.length * GATE_FLOATS)
  arena.make()
  kernels.writeConstants(constants.at)
  loss.write(memory)

  let data: LoadedData | undefined
  let { learningRate } = recipe
  let packed: 'nothing' | 'forward' | 'both' = 'nothing'

  const view = (at: Address, length: number) => new Float32Array(memory.buffer, at, length)

  const pack = (training: boolean) => {
    // Weights that live elsewhere may have been changed since.
    const stale = options.weightAddresses !== undefined || packed === 'nothing'
    if (!stale && (packed === 'both' || !training)) return
    for (const layer of layers) layer.pack(training)
    packed = training ? 'both' : 'forward'
  }

  const loaded = (): LoadedData => {
    if (data) return data
    throw new KernelError('RONDO_KERNEL_INVALID', {
      message: 'There is no data to work on.',
      remedy: 'Call load first.',
    })
  }

  /** Gathers the batch and runs all layers forward. */
  const forward = (
    from: Int32Array,
    targets: Int32Array | undefined,
    training: boolean,
    step: number,
  ): Pass => {
    const source = loaded()
    const batch = from.length
    new Int32Array(memory.buffer, starts.at, batch).set(from)
    if (targets) {
      new Int32Array(memory.buffer, rows.at, batch).set(targets)
      kernels.gatherRows(batch, outputs, source.targets, rows.at, batchTargets.at)
      if (source.lengths) kernels.gatherRows(batch, 1, source.lengths, rows.at, batchLengths.at)
      if (source.weights) kernels.gatherRows(batch, 1, source.weights, rows.at, batchWeights.at)
    }
    const lengths = source.lengths ? batchLengths.at : 0
    kernels.gatherWindows(batch, network.steps, network.features, source.series, starts.at, lengths, input.at)
    const pass: Pass = { batch, training, step, lengths }
    for (const layer of layers) layer.forward(pass)
    return pass
  }

  /** Σ w·loss of the batch in place; with `total` also the gradient of its mean. */
  const lossOf = (pass: Pass, total: number, gradient: Address): number => {
    const weightsAt = loaded().weights ? batchWeights.at : 0
    return loss.evaluate(
      pass.batch,
      output.value(pass),
      output.stride,
      batchTargets.at,
      weightsAt,
      total,
      gradient,
    )
  }

  /** Calls `visit` with the samples in batches. */
  const inBatches = (
    from: Int32Array,
    targets: Int32Array | undefined,
    visit: (pass: Pass, first: number) => void,
  ) => {
    loaded().check(from, targets)
    pack(false)
    for (let first = 0; first < from.length; first += batchSize) {
      const end = first + batchSize
      visit(forward(from.subarray(first, end), targets?.subarray(first, end), false, 0), first)
    }
  }

  /** Copies a batch's outputs, padding left out, to samples `first` … of `into`. */
  const readOutputs = (pass: Pass, into: Float32Array, first: number) => {
    const at = output.value(pass)
    const { stride } = output
    if (logits) kernels[logits](pass.batch, outputs, at, stride)
    const values = view(at, pass.batch * stride)
    for (let b = 0; b < pass.batch; b++) {
      into.set(values.subarray(b * stride, b * stride + outputs), (first + b) * outputs)
    }
  }

  const state = (): SnapshotState => ({
    learningRate,
    dropout: layers.map((layer) => layer.dropout?.rate ?? 0),
    arrays: weights.flatMap((weight, n) => [
      view(weight.address(), weight.length),
      ...(optimizer.slots[n] ?? []).map((slot) => view(slot.at, weight.length)),
    ]),
  })

  return {
    numerics: host.build === 'relaxed' ? 'fast' : 'portable',
    weightDescriptions: weights.map(({ name, shape }) => ({ name, shape })),
    bytes: arena.bytes,
    get learningRate() {
      return learningRate
    },
    load(next) {
      const replaced = data
      data = loadData(next, network, outputs, host)
      replaced?.free()
    },
    train(from, targets, stepIndex) {
      if (from.length > batchSize || from.length === 0) {
        throw new KernelError('RONDO_KERNEL_INVALID', {
          message: `An update takes 1 to ${batchSize} samples, not ${from.length}.`,
          field: 'starts',
          value: from.length,
          remedy: 'Compile the step with a larger batchSize, or train in smaller batches.',
        })
      }
      const source = loaded()
      source.check(from, targets)
      pack(true)
      const pass = forward(from, targets, true, stepIndex)
      const weight = source.totalWeight(targets)
      // Samples that all weigh nothing have no gradient, rather than one divided by 0.
      const lossSum = lossOf(pass, weight === 0 ? 1 : weight, output.gradient.at)
      for (const layer of layers.toReversed()) layer.backward(pass)
      const gradientNorm = optimizer.update(learningRate, stepIndex)
      packed = 'nothing'
      return { lossSum, weight, gradientNorm }
    },
    evaluate(from, targets) {
      let lossSum = 0
      const values = new Float32Array(from.length * outputs)
      inBatches(from, targets, (pass, first) => {
        // The loss first: it needs logits, and outputs are made of them in place.
        lossSum += lossOf(pass, 1, 0)
        readOutputs(pass, values, first)
      })
      return { lossSum, weight: loaded().totalWeight(targets), outputs: values }
    },
    predict(from, targets) {
      const values = new Float32Array(from.length * outputs)
      inBatches(from, targets, (pass, first) => readOutputs(pass, values, first))
      return values
    },
    setLearningRate(rate) {
      learningRate = rate
    },
    setDropout(rate) {
      for (const layer of layers) {
        if (layer.dropout?.declared) layer.dropout.rate = rate
      }
    },
    weights: () => weights.map((weight) => view(weight.address(), weight.length).slice()),
    setWeights(values) {
      for (const [n, weight] of weights.entries()) {
        const given = values[n]
        if (given?.length !== weight.length || values.length !== weights.length) {
          throw new KernelError('RONDO_KERNEL_INVALID', {
            message: `Weight ${weight.name} has ${weight.length} values, not ${given?.length ?? 0}.`,
            field: weight.name,
            value: given?.length,
            remedy: 'Give the weights in the order and shapes of weightDescriptions.',
          })
        }
        view(weight.address(), weight.length).set(given)
      }
      packed = 'nothing'
    },
    gradients: () => weights.map((weight) => view(weight.gradient.at, weight.length).slice()),
    snapshot: () => writeSnapshot(state()),
    restore(bytes) {
      const present = state()
      const saved = readSnapshot(bytes, present)
      for (const [n, array] of present.arrays.entries()) array.set(saved.arrays[n] as Float32Array)
      for (const [n, layer] of layers.entries()) {
        if (layer.dropout) layer.dropout.rate = saved.dropout[n] as number
      }
      learningRate = saved.learningRate
      packed = 'nothing'
    },
    telemetry(from, targets) {
      kernels.zero(gateSums.at, layers.length * GATE_FLOATS)
      inBatches(from, targets, (pass) => {
        for (const [n, layer] of layers.entries())
          layer.gates?.collect(pass, gateSums.at + n * GATE_FLOATS * 4)
      })
      const sums = view(gateSums.at, layers.length * GATE_FLOATS)
      const gate = (at: number): GateTelemetry => {
        const [sum, low, high, count] = sums.subarray(at, at + 4) as unknown as [
          number,
          number,
          number,
          number,
        ]
        return { mean: sum / count, closed: low / count, open: high / count }
      }
      return layers.flatMap((layer, n): LayerTelemetry[] => {
        const at = n * GATE_FLOATS
        if (!layer.gates) return []
        return [{ layer: n, input: gate(at), forget: gate(at + 4), output: gate(at + 8) }]
      })
    },
    dispose() {
      data?.free()
      data = undefined
      arena.dispose()
    },
  }
}
