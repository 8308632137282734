import type { DatasetDescription, Hyperparameter, SpaceDefinition } from '@rondo/core'

/** A space that suits most data: what practitioners tune first, in the ranges that they use. */
export const defaultSpace = {
  layers: { type: 'int', low: 1, high: 2, default: 1 },
  units: { type: 'int', low: 16, high: 256, log: true, default: 64 },
  learningRate: { type: 'float', low: 1e-4, high: 1e-1, log: true, default: 1e-3 },
  batchSize: { type: 'choice', values: [16, 32, 64, 128], default: 32 },
  dropout: { type: 'float', low: 0, high: 0.5, default: 0 },
  recurrentDropout: { type: 'float', low: 0, high: 0.5, default: 0 },
  optimizer: { type: 'choice', values: ['adam', 'rmsprop'], default: 'adam' },
} as const satisfies SpaceDefinition

/**
 * The default space for some data. Little data gets smaller models and batches; a series also gets its window, and a
 * forecast the form in which its target is learned, both by its seasons.
 */
export function spaceFor(description: DatasetDescription): SpaceDefinition {
  const { rows, testRows, task, sequential } = description
  const trainable = rows - testRows
  return {
    ...defaultSpace,
    units: {
      ...defaultSpace.units,
      high: largestUnits(trainable),
      default: Math.min(64, largestUnits(trainable)),
    },
    batchSize: { type: 'choice', values: batchSizes(trainable), default: trainable < 500 ? 16 : 32 },
    ...(sequential ? { window: windows(description, trainable) } : {}),
    ...(task === 'forecast' ? { targetTransform: targetTransforms(description) } : {}),
  }
}

function largestUnits(rows: number): number {
  if (rows < 500) return 32
  if (rows < 1500) return 64
  return rows < 3000 ? 128 : 256
}

function batchSizes(rows: number): readonly number[] {
  if (rows < 500) return [8, 16, 32]
  return rows < 50_000 ? [16, 32, 64, 128] : [32, 64, 128, 256]
}

/** Two, four and eight short seasons; 16, 32 and 64 steps where there is none; never more than a tenth of the rows. */
function windows({ seasons }: DatasetDescription, rows: number): Hyperparameter {
  // A season of one or two steps says little, and one of more than 64 makes no affordable window.
  const season = seasons.find((period) => period >= 3 && period <= 64)
  const candidates = season === undefined ? [16, 32, 64] : [2 * season, 4 * season, 8 * season]
  const longest = Math.max(2, Math.floor(rows / 10))
  const values = [...new Set(candidates.map((steps) => Math.min(steps, longest)))]
  return { type: 'choice', values, default: values[Math.min(1, values.length - 1)]! }
}

/**
 * The target itself, its difference to the step before, and its difference to the season before; the untuned default
 * is the last one there is, as a season is what a small network learns worst by itself.
 */
function targetTransforms({ seasons }: DatasetDescription): Hyperparameter {
  const season = seasons[0]
  if (season === undefined) return { type: 'choice', values: ['level', 'difference'], default: 'level' }
  const seasonal = `difference-${season}`
  return { type: 'choice', values: ['level', 'difference', seasonal], default: seasonal }
}
