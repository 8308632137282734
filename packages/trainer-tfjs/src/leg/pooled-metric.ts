import type { Dataset, Leg, Measurement, PreparedFold } from '@rondo/core'
import { measurePooled, type ScoredFold, type TableFold } from '@rondo/dataset'

/** Not every dataset can be scored over folds. */
type Scored = PreparedFold & Partial<Pick<TableFold, 'scored'>>

/** The objective's metric over the samples of several folds together, where it is one that is pooled. */
export interface PooledMetric {
  /** `measurement`, just made with these outputs, with the metric over its fold and those before it. */
  add(measurement: Measurement, data: PreparedFold, outputs: Float32Array): Measurement
  /** What a checkpoint keeps to go on: of each fold what every epoch gave. */
  state(): readonly Float32Array[]
}

/**
 * @param saved A checkpoint's {@link PooledMetric.state}.
 * @param prepare The data of a fold that an earlier leg has trained.
 * @returns `undefined` where the objective's metric is the mean over folds, or there is but one fold.
 */
export function pooledMetric(
  { pooled = [] }: Dataset,
  { objective, fullBudget }: Leg,
  saved: readonly Float32Array[],
  prepare: (fold: number) => PreparedFold,
): PooledMetric | undefined {
  const metric = objective.metric.replace(/^val_/, '')
  if (fullBudget.folds < 2 || !pooled.includes(metric)) return undefined
  const folds: FoldOutputs[] = []
  const foldOf = (fold: number, data?: Scored): FoldOutputs | undefined => {
    folds[fold] ??= outputsOf(data ?? prepare(fold), saved[fold])
    return folds[fold]
  }
  return {
    add(measurement, data, outputs) {
      const { fold, epoch, metrics } = measurement
      foldOf(fold, data)!.epochs[epoch - 1] = outputs
      if (fold === 0) return measurement
      const scored = Array.from({ length: fold + 1 }, (_, one) => foldOf(one)?.scoredAt(epoch))
      // A fold that has ended itself before has nothing to give.
      if (!scored.every((one) => one !== undefined)) return measurement
      return {
        ...measurement,
        metrics: { ...metrics, [`pooled_${objective.metric}`]: measurePooled(metric, scored) },
      }
    },
    state: () =>
      Array.from({ length: Math.max(folds.length, saved.length) }, (_, fold) =>
        folds[fold] === undefined ? saved[fold]! : joined(folds[fold].epochs),
      ),
  }
}

interface FoldOutputs {
  /** Raw outputs `[samples, outputs]` by epoch. */
  readonly epochs: Float32Array[]
  scoredAt(epoch: number): ScoredFold | undefined
}

function outputsOf(
  { validationStarts, outputs, scored }: Scored,
  saved: Float32Array = new Float32Array(),
): FoldOutputs {
  const size = validationStarts.length * outputs
  const epochs = Array.from({ length: saved.length / size }, (_, i) =>
    saved.subarray(i * size, (i + 1) * size),
  )
  return {
    epochs,
    scoredAt: (epoch) => {
      const raw = epochs[epoch - 1]
      return raw && scored?.(raw)
    },
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
