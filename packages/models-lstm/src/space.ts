import type { DatasetDescription, Hyperparameter, SpaceDefinition } from '@rondo/core'

/** What practitioners tune first, in the widest ranges that they use. */
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
 * forecast the form in which its target is learned, both by its seasons. A forecast's ranges are those where trials are
 * worth their time: larger models and windows take many times longer for the same error, and learning rates beyond
 * either end take more epochs than a study has, or learn nothing (docs/decisions/004-default-space-of-forecasts.md).
 */
export function spaceFor(description: DatasetDescription): SpaceDefinition {
  const { rows, testRows, task, sequential } = description
  const trainable = rows - testRows
  const units = task === 'forecast' ? Math.min(128, largestUnits(trainable)) : largestUnits(trainable)
  return {
    ...defaultSpace,
    units: { ...defaultSpace.units, high: units, default: Math.min(64, units) },
    ...(task === 'forecast' ? { learningRate: FORECAST_LEARNING_RATE } : {}),
    batchSize: { type: 'choice', values: batchSizes(trainable), default: trainable < 500 ? 16 : 32 },
    ...(sequential ? { window: windows(description, trainable) } : {}),
    ...(task === 'forecast' ? { targetTransform: targetTransforms(description) } : {}),
  }
}

const FORECAST_LEARNING_RATE = { type: 'float', low: 1e-3, high: 3e-2, log: true, default: 5e-3 } as const

function largestUnits(rows: number): number {
  if (rows < 500) return 32
  if (rows < 1500) return 64
  return rows < 3000 ? 128 : 256
}

function batchSizes(rows: number): readonly number[] {
  if (rows < 500) return [8, 16, 32]
  return rows < 50_000 ? [16, 32, 64, 128] : [32, 64, 128, 256]
}

/**
 * Two and four short seasons; 16 and 32 steps where there is none; never more than a tenth of the rows. Without a
 * forecast's covariates and differences the past must say more: eight seasons, or 64 steps, as well.
 */
function windows({ seasons, task }: DatasetDescription, rows: number): Hyperparameter {
  // A season of one or two steps says little, and one of more than 64 makes no affordable window.
  const season = seasons.find((period) => period >= 3 && period <= 64)
  const unit = season ?? 8
  const candidates = [2 * unit, 4 * unit, ...(task === 'forecast' ? [] : [8 * unit])]
  const longest = Math.max(2, Math.floor(rows / 10))
  const values = [...new Set(candidates.map((steps) => Math.min(steps, longest)))]
  return { type: 'choice', values, default: values[Math.min(1, values.length - 1)]! }
}

/** Where the last known value leaves no more of the deviation, differences are learned better than levels (decision 004). */
const LITTLE_CHANGE = 0.25

/**
 * The target itself, its difference to the step before, and its difference to the season before. The untuned default is
 * the last one, as a season is what a small network learns worst by itself. Where the value before says more than the
 * one a season before, or there is no season, it is the level; but the difference to the step before where there is
 * a trend, which leads out of the levels that were trained on, or where little changes from step to step.
 */
function targetTransforms({
  seasons,
  bestLag,
  naiveShare = 1,
  trend = false,
}: DatasetDescription): Hyperparameter {
  const season = seasons[0]
  const values = ['level', 'difference', ...(season === undefined ? [] : [`difference-${season}`])]
  const ofStep = trend || naiveShare <= LITTLE_CHANGE ? 'difference' : 'level'
  const ofLast = season === undefined || bestLag === 1
  return { type: 'choice', values, default: ofLast ? ofStep : values[2]! }
}
