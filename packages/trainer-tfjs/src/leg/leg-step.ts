import { deriveSeed, type Leg, type LegContext, type PreparedFold, type Recipe } from '@rondo/core'
import type * as tfjs from '@tensorflow/tfjs'
import { makeStep } from '../step/make-step.ts'
import type { TrainStep } from '../step/train-step.ts'
import type { TrainLegParts } from './train-leg-parts.ts'

/** A model to be trained on the data of a fold. */
export interface FoldModel {
  readonly model: tfjs.LayersModel
  readonly recipe: Recipe
  readonly data: PreparedFold
  /** Addresses the dropout masks. */
  readonly fold: number
}

/** The training step of a leg's model; the study is told where it is not the compiled one. */
export async function makeLegStep(
  { tf, memoryMb, step: choice, numerics }: TrainLegParts,
  { seed, trial }: Leg,
  context: LegContext,
  foldModel: FoldModel,
): Promise<TrainStep> {
  const masks = deriveSeed({ seed, trial, purpose: 'dropout' })
  const { step, note } = await makeStep({ tf, ...foldModel, seed: masks, memoryMb, trial }, choice, numerics)
  if (note !== undefined) context.send({ type: 'noted', note })
  return step
}
