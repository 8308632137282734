import type { TrialView } from '../contracts/history.ts'
import { maximize, minimize } from '../contracts/objective.ts'
import type { ParamsOf, SpaceDefinition } from '../space/hyperparameter.ts'
import type { StudyConfig } from '../study/config.ts'
import type { StopReason } from '../study/events.ts'
import { requireFields } from '../study/known-fields.ts'
import type { StudyObserver } from '../study/observer.ts'
import { prepareStudy } from '../study/prepare-study.ts'
import type { Study } from '../study/study.ts'
import { functionTrainer, type ObjectiveFunction } from './function-trainer.ts'

/** What {@link tune} takes: a study's config with a function in place of data, model and trainer. */
export interface TuneOptions<D extends SpaceDefinition>
  extends Omit<StudyConfig, 'space' | 'objective' | 'data' | 'model' | 'splitter' | 'callbacks' | 'trainer'> {
  readonly space: D
  readonly objective: ObjectiveFunction<ParamsOf<D>>
  /** Whether the objective's value is to be made small (where absent) or large. */
  readonly direction?: 'minimize' | 'maximize'
  /** Goes on with the study of that name where the store has it; else one must not exist. */
  readonly resume?: boolean
  readonly signal?: AbortSignal
  readonly observer?: StudyObserver
}

/** Every option of {@link tune}. The type makes sure that none is forgotten. */
const FIELDS: { readonly [field in keyof Required<TuneOptions<SpaceDefinition>>]: true } = {
  space: true,
  objective: true,
  direction: true,
  search: true,
  scheduler: true,
  trials: true,
  timeMs: true,
  patience: true,
  epochs: true,
  seed: true,
  constraints: true,
  enqueue: true,
  defaultTrial: true,
  defaultsOf: true,
  ordered: true,
  warmStart: true,
  name: true,
  store: true,
  resume: true,
  executor: true,
  checkpointMb: true,
  plugins: true,
  signal: true,
  observer: true,
}

/** What came out of {@link tune}. */
export interface TuneResult<P> {
  readonly best?: { readonly trial: number; readonly value: number; readonly params: P }
  /** By number. */
  readonly trials: readonly TrialView[]
  readonly reason: StopReason
}

/**
 * Finds the params for which a function is smallest (or largest).
 *
 * ```ts
 * const { best } = await tune({
 *   space: { x: float(-5, 5), y: int(0, 10) },
 *   objective: ({ x, y }) => (x - 1) ** 2 + y,
 *   search: random(), trials: 50, seed: 1,
 * })
 * ```
 *
 * @throws errors of composition, config (of a field that it does not know as well) and space; what the objective throws fails its trial alone.
 */
export async function tune<const D extends SpaceDefinition>(
  options: TuneOptions<D>,
): Promise<TuneResult<ParamsOf<D>>> {
  requireFields(options, Object.keys(FIELDS), { of: '`tune`' })
  const { objective, direction = 'minimize', resume = false, signal, observer, ...config } = options
  const prepared = await prepareStudy(
    {
      ...config,
      objective: direction === 'minimize' ? minimize('value') : maximize('value'),
      trainer: functionTrainer(objective),
    },
    observer === undefined ? {} : { observer },
  )
  let study: Study
  try {
    study = resume && prepared.exists() ? prepared.resume() : prepared.create()
  } catch (error) {
    await prepared.dispose()
    throw error
  }
  try {
    const reason = await study.run(signal)
    const { trials, best } = study.state
    return {
      ...(best?.value === undefined
        ? {}
        : { best: { trial: best.number, value: best.value, params: best.params as ParamsOf<D> } }),
      trials,
      reason,
    }
  } finally {
    await study.dispose()
  }
}
