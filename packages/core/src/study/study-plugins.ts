import type { Plugin } from '../composition/plugin.ts'
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
  const own: readonly (Plugin | undefined)[] = [
    config.data,
    config.model,
    config.search,
    config.scheduler,
    config.splitter,
    ...(config.callbacks ?? []),
    config.trainer,
    config.executor,
    config.store,
    ...(config.plugins ?? []),
  ]
  const plugins = own.filter((plugin) => plugin !== undefined)
  const defaults: readonly Plugin[] = [
    fullBudget(),
    inProcess(),
    memoryStore(),
    systemClock(),
    silentLogger(),
  ]
  // A value that is no plugin has no token; the composition says so.
  const provided = new Set(plugins.map((plugin) => plugin?.provides?.key))
  return [...plugins, ...defaults.filter((plugin) => !provided.has(plugin.provides.key))]
}
