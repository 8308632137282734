import { RondoError } from '@rondo/core'
import { type Numerics, uncovered } from '@rondo/kernels'
import { kernelHost } from '../backend/kernel-host.ts'
import { compiledStep } from './compiled-step.ts'
import { graphOf } from './graph.ts'
import { requireMemory } from './memory.ts'
import { networkOfModel } from './network-of-model.ts'
import type { StepParts } from './step-parts.ts'
import { tfjsStep } from './tfjs-step.ts'
import type { TrainStep } from './train-step.ts'

/** Which step is to train a model: the compiled one where it covers the model, or one of them always. */
export type StepChoice = 'auto' | 'tfjs' | 'compiled'

/** A step, with what to say where it is not the compiled one although any would do. */
export interface ChosenStep {
  readonly step: TrainStep
  readonly note?: string
}

/**
 * Makes the training step of a model.
 *
 * @throws RONDO_MODEL_INVALID where `compiled` is asked for and does not cover the model; RONDO_MODEL_TOO_LARGE;
 *   RONDO_BACKEND
 */
export async function makeStep(
  parts: StepParts,
  choice: StepChoice,
  numerics: Numerics,
): Promise<ChosenStep> {
  const { tf, model, recipe, data, trial } = parts
  const graph = graphOf(model, data)
  const throughTfjs = async (): Promise<TrainStep> => {
    requireMemory(parts)
    // Everything else of it gives the same bits on every CPU, so that its optimizer shall, too.
    return tfjsStep(parts, graph, await kernelHost(tf, 'portable'))
  }
  if (choice !== 'tfjs') {
    const described = networkOfModel(graph, data)
    const missing = 'missing' in described ? described.missing : uncovered(described.network, recipe)
    if ('network' in described && missing.length === 0) {
      return { step: compiledStep(parts, described.network, await kernelHost(tf, numerics)) }
    }
    const reasons = missing.join('; ')
    if (choice === 'compiled') {
      throw new RondoError('RONDO_MODEL_INVALID', {
        message: `The compiled step does not cover ${reasons}.`,
        value: [...missing],
        place: { trial },
        remedy: 'Leave them out, or let the trainer choose with step: auto.',
      })
    }
    return {
      step: await throughTfjs(),
      note: `Models are trained through tfjs, many times slower: the compiled step does not cover ${reasons}.`,
    }
  }
  return { step: await throughTfjs() }
}
