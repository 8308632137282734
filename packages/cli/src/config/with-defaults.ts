import type { StudyConfig } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { defaultCallbacks } from './callbacks.ts'
import { defined } from './defined.ts'

/**
 * A config with what the command line adds where it says nothing: how a network is trained, how params are chosen,
 * where studies are kept.
 */
export async function withDefaults(config: StudyConfig, flags: StudyFlags): Promise<StudyConfig> {
  return {
    ...(config.data === undefined ? {} : await trainingDefaults(flags)),
    ...(config.search === undefined ? { search: (await import('@rondo/search-bayes')).bayes() } : {}),
    ...(config.store === undefined ? { store: (await import('@rondo/store-sqlite')).sqliteStore() } : {}),
    ...config,
  }
}

async function trainingDefaults(flags: StudyFlags): Promise<StudyConfig> {
  const [{ processPool }, { holdout }, { tfjsTrainer }] = await Promise.all([
    import('@rondo/executor-process'),
    import('@rondo/splitters'),
    import('@rondo/trainer-tfjs'),
  ])
  const { step, numerics } = flags
  return {
    splitter: holdout(),
    callbacks: await defaultCallbacks(flags),
    trainer: tfjsTrainer(defined({ step, numerics })),
    // A worker for each core: one engine of tfjs uses one.
    executor: processPool(),
  }
}
