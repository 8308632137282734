import { planArena } from '../arena.ts'
import { KernelError } from '../errors.ts'
import type { KernelHost } from '../host.ts'
import type { UpdateRecipe } from '../network.ts'
import { readSnapshot, type SnapshotState, writeSnapshot } from '../snapshot.ts'
import { checkLimits } from '../validate.ts'
import { planOptimizer } from './plan-optimizer.ts'

/** What an optimizer is to know of a weight. */
export interface WeightSize {
  /** The number of its values. */
  readonly length: number
  /** Whether the recipe's L2 penalty counts it: kernels do, biases do not. */
  readonly penalised: boolean
}

/** What an update gives. */
export interface OptimizerUpdate {
  /** The weights after the update, arrays of their own. */
  readonly weights: readonly Float32Array<ArrayBuffer>[]
  /** Euclidean norm of the whole gradient, penalty included, before clipping. NaN or infinite where it diverged. */
  readonly gradientNorm: number
}

/** An optimizer for weights that live elsewhere, the same as in a compiled step. */
export interface CompiledOptimizer {
  /** Bytes of working memory. */
  readonly bytes: number
  readonly learningRate: number
  setLearningRate(learningRate: number): void
  /**
   * One update: penalty, clipping, update rule. Reads both lists and changes neither.
   *
   * @param updateIndex number of the update, from 0; counts for Adam's bias correction
   * @throws RONDO_KERNEL_INVALID for arrays of other lengths
   */
  update(
    weights: readonly Float32Array[],
    gradients: readonly Float32Array[],
    updateIndex: number,
  ): OptimizerUpdate
  /** Learning rate and the state of every weight: with the weights, all that the next update depends on. */
  snapshot(): Uint8Array
  /** @throws RONDO_KERNEL_INVALID for the snapshot of other weights or another optimizer */
  restore(snapshot: Uint8Array): void
  /** Gives the memory back. */
  dispose(): void
}

/**
 * Makes a recipe's optimizer for weights of these lengths. Gradients and weights are copied into the host's memory,
 * updated there by the kernels that a compiled step uses, and copied out.
 *
 * @throws RONDO_KERNEL_UNCOVERED for an optimizer that is none; RONDO_KERNEL_INVALID; RONDO_KERNEL_MEMORY
 */
export function compileOptimizer(
  recipe: UpdateRecipe,
  sizes: readonly WeightSize[],
  host: KernelHost,
): CompiledOptimizer {
  checkLimits(recipe)
  const { memory, kernels } = host
  const arena = planArena(host)
  const places = sizes.map(({ length, penalised }) => {
    const weight = arena.floats(length)
    return { length, penalised, weight, address: () => weight.at, gradient: arena.floats(length) }
  })
  const optimizer = planOptimizer(recipe, places, kernels, arena)
  arena.make()
  let { learningRate } = recipe

  const view = (at: number, length: number) => new Float32Array(memory.buffer, at, length)

  const state = (): SnapshotState => ({
    learningRate,
    dropout: [],
    arrays: places.flatMap(({ length }, n) => (optimizer.slots[n] ?? []).map(({ at }) => view(at, length))),
  })

  const check = (field: string, arrays: readonly Float32Array[]) => {
    const lengths = arrays.map(({ length }) => length)
    if (lengths.length === sizes.length && sizes.every(({ length }, n) => length === lengths[n])) return
    throw new KernelError('RONDO_KERNEL_INVALID', {
      message: `The ${field} have ${lengths.join(', ')} values, not ${sizes.map(({ length }) => length).join(', ')}.`,
      field,
      value: lengths,
      remedy: 'Give them in the order and lengths that the optimizer was compiled for.',
    })
  }

  return {
    bytes: arena.bytes,
    get learningRate() {
      return learningRate
    },
    setLearningRate(next) {
      learningRate = next
    },
    update(weights, gradients, updateIndex) {
      check('weights', weights)
      check('gradients', gradients)
      for (const [n, { length, weight, gradient }] of places.entries()) {
        view(weight.at, length).set(weights[n] as Float32Array)
        view(gradient.at, length).set(gradients[n] as Float32Array)
      }
      const gradientNorm = optimizer.update(learningRate, updateIndex)
      return { weights: places.map(({ length, weight }) => view(weight.at, length).slice()), gradientNorm }
    },
    snapshot: () => writeSnapshot(state()),
    restore(bytes) {
      const present = state()
      const saved = readSnapshot(bytes, present)
      for (const [n, array] of present.arrays.entries()) array.set(saved.arrays[n] as Float32Array)
      learningRate = saved.learningRate
    },
    dispose: () => arena.dispose(),
  }
}
