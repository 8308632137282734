import { count, type Leg, type LegContext, type LegResult, RondoError } from '@rondo/core'
import { decodeCheckpoint } from './checkpoint.ts'
import { LegRun } from './leg-run.ts'
import { requireMetric } from './metric.ts'
import type { TrainLegParts } from './train-leg-parts.ts'
import { developmentFolds } from './trial-setup.ts'

/**
 * Trains a leg's folds one after the other, each to the leg's epochs, from the leg's checkpoint where it has one. The
 * result is the same bits in however many legs a trial comes this far.
 */
export async function trainLeg(parts: TrainLegParts, leg: Leg, context: LegContext): Promise<LegResult> {
  requireMetric(parts.dataset, leg.objective)
  const began = parts.clock.monotonic()
  const from = leg.from === undefined ? undefined : decodeCheckpoint(await context.artifacts.read(leg.from))
  const folds = developmentFolds(parts, leg)
  if (leg.budget.folds > folds.length) {
    throw new RondoError('RONDO_SPLIT_INVALID', {
      message: `The leg asks for ${count(leg.budget.folds, 'fold')}; the splitter makes ${folds.length}.`,
      value: leg.budget.folds,
    })
  }
  const run = new LegRun(parts, leg, context, folds, from)
  for (let fold = 0; fold < leg.budget.folds; fold++) {
    if (!(await run.fold(fold))) {
      return { outcome: 'interrupted', measurements: run.measurements, checkpoint: await run.checkpoint() }
    }
  }
  return run.finish(began)
}
