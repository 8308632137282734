import {
  float,
  type Plugin,
  prepareStudy,
  type Store,
  type StudyConfig,
  type StudyObserver,
  type Verification,
} from '@rondo/core'
import { contracting } from './strategies.ts'
import { slowDescent } from './training.ts'

/** A study of a few short trainings whose suggestions depend on all that is visible. */
export const descentStudy = (config: Partial<StudyConfig> = {}): StudyConfig => ({
  name: 'descent',
  space: { rate: float(0.01, 0.9) },
  objective: { metric: 'value', direction: 'minimize' },
  search: contracting(),
  trainer: slowDescent(),
  epochs: 4,
  trials: 10,
  seed: 11,
  ...config,
})

/** What must be the same in two runs of a study: every trial's params, curve and memo. */
export interface Outcome {
  readonly reason: string
  readonly trials: readonly unknown[]
  readonly best: unknown
}

/** Runs a config in its store, resuming where the study exists. */
export async function runStudy(
  config: StudyConfig & { readonly store: Plugin<Store> },
  { signal, observer }: { readonly signal?: AbortSignal; readonly observer?: StudyObserver } = {},
): Promise<Outcome> {
  const prepared = await prepareStudy(config, observer === undefined ? {} : { observer })
  const study = prepared.exists() ? prepared.resume() : prepared.create()
  try {
    const reason = await study.run(signal)
    const { trials, best } = study.state
    return {
      reason,
      trials: trials.map(({ params, curve, memo, value, state }) => ({ params, curve, memo, value, state })),
      best: best?.number,
    }
  } finally {
    await study.dispose()
  }
}

/** Makes the decisions of the config's study again, whether or not it is open elsewhere. */
export async function verifyStudy(config: StudyConfig): Promise<Verification> {
  const prepared = await prepareStudy(config)
  try {
    return await prepared.verify()
  } finally {
    await prepared.dispose()
  }
}
