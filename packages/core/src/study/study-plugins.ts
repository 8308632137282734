import type { Plugin } from '../composition/plugin.ts'
import { requirePlugin } from '../composition/require-plugin.ts'
import type { Token } from '../composition/token.ts'
import { CLOCK } from '../contracts/clock.ts'
import { EXECUTOR } from '../contracts/executor.ts'
import { LOGGER } from '../contracts/logger.ts'
import { STORE } from '../contracts/store.ts'
import { inProcess } from '../executor/in-process.ts'
import { fullBudget } from '../scheduler/full.ts'
import { memoryStore } from '../store/memory-store.ts'
import { silentLogger } from '../system/silent-logger.ts'
import { systemClock } from '../system/system-clock.ts'
import type { StudyConfig } from './config.ts'

/** Tokens whose plugins do not change what a trial comes to, so that a study may be resumed with others. */
const OUTSIDE_THE_FINGERPRINT: readonly Token<unknown>[] = [EXECUTOR, STORE, LOGGER, CLOCK]

/** Whether a plugin is part of what a trial's values depend on. */
export function countsForFingerprint(tokenName: string): boolean {
  return !OUTSIDE_THE_FINGERPRINT.some(({ name }) => name === tokenName)
}

/** The plugins of a config in its own order, then a default for each token that nothing provides. */
export function studyPlugins(config: StudyConfig): readonly Plugin[] {
  const { data, model, search, scheduler, splitter, callbacks = [], trainer, executor, store } = config
  const single = { data, model, search, scheduler, splitter }
  const machinery = { trainer, executor, store }
  const plugins = [
    ...named(single),
    ...callbacks.map((plugin, i) => checked(plugin, `callbacks[${i}]`)),
    ...named(machinery),
    ...(config.plugins ?? []).map((plugin, i) => checked(plugin, `plugins[${i}]`)),
  ]
  const defaults: readonly Plugin[] = [
    fullBudget(),
    inProcess(),
    memoryStore(),
    systemClock(),
    silentLogger(),
  ]
  const provided = new Set(plugins.map((plugin) => plugin.provides.key))
  return [...plugins, ...defaults.filter((plugin) => !provided.has(plugin.provides.key))]
}

function named(fields: { readonly [field: string]: Plugin | undefined }): readonly Plugin[] {
  return Object.entries(fields).flatMap(([field, plugin]) =>
    plugin === undefined ? [] : [checked(plugin, field)],
  )
}

/** Named here by its field of the config, which the composition does not know. */
function checked(plugin: Plugin, field: string): Plugin {
  requirePlugin(plugin, field)
  return plugin
}
