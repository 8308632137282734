import { type Leg, type LegContext, type LegResult, RondoError } from '@rondo/core'
import { startBackend } from '../backend/start.ts'
import { evaluateLeg } from './evaluate-leg.ts'
import { refitLeg } from './refit-leg.ts'
import { trainLeg } from './train-leg.ts'
import type { TrainLegParts } from './train-leg-parts.ts'

const RUNNERS = { train: trainLeg, refit: refitLeg, evaluate: evaluateLeg }

/**
 * Runs a leg of any kind on the process's one tfjs engine.
 *
 * @throws RONDO_BACKEND, RONDO_METRIC_UNKNOWN, RONDO_MODEL_INVALID, RONDO_MODEL_TOO_LARGE, RONDO_TRAIN_DIVERGED,
 *   RONDO_CHECKPOINT_INVALID, and what the dataset, the splitter and the model builder throw.
 */
export async function runLeg(
  parts: Omit<TrainLegParts, 'tf'>,
  leg: Leg,
  context: LegContext,
): Promise<LegResult> {
  const tf = await startBackend()
  try {
    return await RUNNERS[leg.kind]({ ...parts, tf }, leg, context)
  } catch (error) {
    throw isOutOfMemory(error) ? tooLarge(leg, error) : error
  }
}

/** How V8 and Emscripten say that WASM's memory cannot grow or was left. */
const isOutOfMemory = (error: unknown): boolean =>
  (error instanceof RangeError && /memory|array (buffer|length)/i.test(error.message)) ||
  (error instanceof WebAssembly.RuntimeError && /memory|abort|unreachable/i.test(error.message))

function tooLarge({ trial }: Leg, cause: unknown): RondoError {
  return new RondoError('RONDO_MODEL_TOO_LARGE', {
    message: 'WASM ran out of memory in training.',
    place: { trial },
    cause,
  })
}
