import type { StudyConfig } from '@rondo/core'
import type { ColumnFlags, StudyFlags } from '../flags/study-flags.ts'
import { csvOptions } from './csv-options.ts'
import { defined } from './defined.ts'
import { noPlaceFor } from './flag-errors.ts'
import { namedScheduler, namedSearch, namedSplitter, withFolds } from './named-plugins.ts'
import { withSpaceEntries } from './with-space-entries.ts'

/**
 * A config with flags on top. A flag that names a plugin replaces the config's; one that sets an option of a plugin
 * makes that plugin anew with the option changed. Each plugin's package is loaded only where it is needed.
 *
 * @throws RONDO_USAGE where a flag sets an option of a plugin that the config doesn't have.
 */
export async function applyFlags(config: StudyConfig, flags: StudyFlags): Promise<StudyConfig> {
  const { objective, epochs, trials, timeMs, patience, seed, lag, workers, studies } = flags
  return {
    ...config,
    ...defined({ objective, epochs, trials, timeMs, patience, seed }),
    ...defined({
      ordered: lag === undefined ? undefined : { lag },
      data: flags.config === undefined ? undefined : await changedData(config.data, flags.columns),
      search: flags.search && (await namedSearch(flags.search)),
      scheduler: flags.scheduler && (await namedScheduler(flags.scheduler)),
      splitter: await splitterOf(config, flags),
      callbacks: await changedCallbacks(config.callbacks, flags.earlyStopping),
      trainer: await changedTrainer(config.trainer, flags.step),
      executor:
        workers === undefined
          ? undefined
          : (await import('@rondo/executor-process')).processPool({ workers }),
      store:
        studies === undefined
          ? undefined
          : (await import('@rondo/store-sqlite')).sqliteStore({ directory: studies }),
      space: flags.space && withSpaceEntries(config, flags.space),
    }),
  }
}

async function changedData(
  data: StudyConfig['data'],
  columns: ColumnFlags | undefined,
): Promise<StudyConfig['data']> {
  if (columns === undefined) return undefined
  if (data?.name !== 'csv') throw noPlaceFor(`--${Object.keys(columns)[0]}`, 'data', 'csv(…)')
  const { csv } = await import('@rondo/dataset')
  const { path, ...options } = data.options as { readonly path: string }
  return csv(path, { ...options, ...csvOptions(columns) } as Parameters<typeof csv>[1])
}

async function splitterOf(
  config: StudyConfig,
  { splitter, folds }: StudyFlags,
): Promise<StudyConfig['splitter']> {
  if (splitter !== undefined) return namedSplitter(splitter, folds)
  return folds === undefined ? undefined : withFolds(config.splitter, folds)
}

/** The config's own callbacks with another early stopping; the defaults take the flag themselves. */
async function changedCallbacks(
  callbacks: StudyConfig['callbacks'],
  epochs: number | undefined,
): Promise<StudyConfig['callbacks']> {
  if (callbacks === undefined || epochs === undefined) return undefined
  const others = callbacks.filter(({ name }) => name !== 'early-stopping')
  if (epochs === 0) return others
  const { earlyStopping } = await import('@rondo/callbacks')
  return [...others, earlyStopping({ patience: epochs })]
}

async function changedTrainer(
  trainer: StudyConfig['trainer'],
  step: StudyFlags['step'],
): Promise<StudyConfig['trainer']> {
  if (trainer === undefined || step === undefined) return undefined
  if (trainer.name !== 'tfjs') throw noPlaceFor('--step', 'trainer', 'tfjsTrainer(…)')
  const { tfjsTrainer } = await import('@rondo/trainer-tfjs')
  return tfjsTrainer({ ...(trainer.options as object), step })
}
