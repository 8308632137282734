import { KernelError } from './errors.ts'
import type { KernelHost } from './host.ts'
import type { Address } from './kernels.ts'
import type { Network } from './network.ts'
import type { TrainingData } from './training-step.ts'

/** Training data in the module's memory. */
export interface LoadedData {
  readonly series: Address
  readonly targets: Address
  /** 0 where absent. */
  readonly lengths: Address
  readonly weights: Address
  /** Σ of the weights of these target rows. */
  totalWeight(targets: Int32Array): number
  /** @throws RONDO_KERNEL_INVALID where a sample leaves the series or has no target row */
  check(starts: Int32Array, targets: Int32Array | undefined): void
  free(): void
}

function refuse(message: string, field: string, value: unknown): never {
  throw new KernelError('RONDO_KERNEL_INVALID', {
    message,
    field,
    value,
    remedy: 'Check how starts and targets were made from the data.',
  })
}

function checkShapes(data: TrainingData, network: Network, outputs: number): number {
  const targetRows = data.targets.length / outputs
  if (data.series.length % network.features !== 0) {
    refuse(
      `series has ${data.series.length} values, no multiple of ${network.features} features.`,
      'series',
      data.series.length,
    )
  }
  if (!Number.isInteger(targetRows)) {
    refuse(
      `targets has ${data.targets.length} values, no multiple of ${outputs} outputs.`,
      'targets',
      data.targets.length,
    )
  }
  for (const field of ['lengths', 'weights'] as const) {
    const length = data[field]?.length ?? targetRows
    if (length !== targetRows)
      refuse(`${field} has ${length} values for ${targetRows} target rows.`, field, length)
  }
  const wrong = data.lengths?.findIndex((length) => length < 0 || length > network.steps) ?? -1
  if (wrong >= 0) {
    const value = data.lengths?.[wrong]
    refuse(
      `The sequence of target row ${wrong} has ${value} steps; windows have ${network.steps}.`,
      'lengths',
      value,
    )
  }
  return targetRows
}

/** Copies data into the host's memory. @throws RONDO_KERNEL_INVALID, RONDO_KERNEL_MEMORY */
export function loadData(
  data: TrainingData,
  network: Network,
  outputs: number,
  host: KernelHost,
): LoadedData {
  const targetRows = checkShapes(data, network, outputs)
  const rows = data.series.length / network.features
  const allocated: Address[] = []
  const put = (values: Float32Array | Int32Array | undefined): Address => {
    if (!values) return 0
    const at = host.allocate(values.byteLength)
    allocated.push(at)
    host.mark?.(at, values.byteLength, true)
    if (values instanceof Int32Array) new Int32Array(host.memory.buffer, at, values.length).set(values)
    else new Float32Array(host.memory.buffer, at, values.length).set(values)
    return at
  }
  const free = () => {
    for (const at of allocated) host.free(at)
  }
  // Where one does not fit, those before it are given back.
  try {
    const { lengths, weights } = data
    return {
      series: put(data.series),
      targets: put(data.targets),
      lengths: put(lengths),
      weights: put(weights),
      totalWeight(targets) {
        if (!weights) return targets.length
        return targets.reduce((sum, row) => sum + (weights[row] as number), 0)
      },
      check(starts, targets) {
        if (targets && targets.length !== starts.length) {
          refuse(`${starts.length} starts go with ${targets.length} targets.`, 'targets', targets.length)
        }
        if (lengths && !targets)
          refuse('Sequences of different lengths need their target rows.', 'targets', undefined)
        for (const [n, start] of starts.entries()) {
          const target = targets?.[n] ?? 0
          if (targets && (target < 0 || target >= targetRows)) {
            refuse(`Sample ${n} has target row ${target} of ${targetRows}.`, 'targets', target)
          }
          const end = start + (lengths?.[target] ?? network.steps)
          if (start < 0 || end > rows) {
            refuse(`Sample ${n} spans rows ${start} to ${end - 1} of a series of ${rows}.`, 'starts', start)
          }
        }
      },
      free,
    }
  } catch (error) {
    free()
    throw error
  }
}
