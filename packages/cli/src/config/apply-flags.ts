import type { StudyConfig } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { changedCallbacks } from './callbacks.ts'
import { csvOptions } from './csv-options.ts'
import { defined } from './defined.ts'
import { noPlaceFor, notInPlaceOf, notOfConfig } from './flag-errors.ts'
import { namedScheduler, namedSearch, namedSplitter, withFolds } from './named-plugins.ts'
import { withSpaceEntries } from './with-space-entries.ts'

/**
 * A config with flags on top. A flag that names a plugin replaces the config's; one that sets an option of a plugin
 * makes that plugin anew with the option changed. Each plugin's package is loaded only where it is needed.
 *
 * @throws RONDO_USAGE where a flag describes what the config itself must say.
 */
export async function applyFlags(config: StudyConfig, flags: StudyFlags): Promise<StudyConfig> {
  const { objective, epochs, trials, timeMs, patience, seed, lag, workers, studies } = flags
  const { warmStart, defaultTrial, defaultsOf } = flags
  return {
    ...config,
    ...defined({ objective, epochs, trials, timeMs, patience, seed, warmStart, defaultTrial, defaultsOf }),
    ...defined({
      ordered: lag === undefined ? undefined : { lag },
      data: await changedData(config.data, flags),
      search: flags.search && (await namedSearch(flags.search)),
      scheduler: flags.scheduler && (await namedScheduler(flags.scheduler)),
      splitter: await splitterOf(config, flags),
      callbacks: await changedCallbacks(config.callbacks, flags),
      trainer: await changedTrainer(config.trainer, flags),
      executor:
        workers === undefined
          ? undefined
          : (await import('@rondo/executor-process')).processPool({ workers }),
      store:
        studies === undefined
          ? undefined
          : (await import('@rondo/store-sqlite')).sqliteStore({ directory: studies }),
      space: flags.wholeSpace ?? (flags.space && withSpaceEntries(config, flags.space)),
    }),
  }
}

/** The config's own data with columns or the file changed; a study without a config has both already. */
async function changedData(
  data: StudyConfig['data'],
  { config, columns = {}, data: file }: StudyFlags,
): Promise<StudyConfig['data']> {
  if (config === undefined || (file === undefined && Object.keys(columns).length === 0)) return undefined
  const { csvWith } = await import('@rondo/dataset')
  const changed = data && csvWith(data, csvOptions(columns), file)
  if (changed === undefined) throw file === undefined ? notOfConfig(columns) : notInPlaceOf(file)
  return changed
}

async function splitterOf(
  config: StudyConfig,
  { splitter, folds }: StudyFlags,
): Promise<StudyConfig['splitter']> {
  if (splitter !== undefined) return namedSplitter(splitter, folds)
  return folds === undefined ? undefined : withFolds(config.splitter, folds)
}

/** The config's own trainer with options changed; the default one takes the flags itself. */
async function changedTrainer(
  trainer: StudyConfig['trainer'],
  { step, numerics }: StudyFlags,
): Promise<StudyConfig['trainer']> {
  const options = defined({ step, numerics })
  const [first] = Object.keys(options)
  if (trainer === undefined || first === undefined) return undefined
  if (trainer.name !== 'tfjs') throw noPlaceFor(`--${first}`, 'trainer', 'tfjsTrainer(…)')
  const { tfjsTrainer } = await import('@rondo/trainer-tfjs')
  return tfjsTrainer({ ...(trainer.options as object), ...options })
}
