import {
  type JsonObject,
  type PreparedStudy,
  prepareStudy,
  type StudyConfig,
  type StudyObserver,
} from '@rondo/core'
import { configFromFlags, studyName } from '../config/from-flags.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import { type StudyLogger, studyLogger } from '../logging/study-logger.ts'
import { environment } from './environment.ts'
import { studyFolder } from './stores.ts'

/** A study that is ready to be opened, with what the command line adds to it. */
export interface PreparedSession {
  readonly prepared: PreparedStudy
  readonly config: StudyConfig
  readonly log: StudyLogger
  /** Where it is kept, where that is on disk. */
  readonly folder?: string
}

/** What is to be prepared. */
export interface SessionRequest {
  readonly flags: StudyFlags
  /** The study's name; the config's, or one from the file's name, where absent. */
  readonly name?: string
  readonly verbose?: boolean
  readonly observer?: StudyObserver
}

/** The module from which workers, and `rondo resume`, rebuild a study of the command line. */
export const FLAGS_MODULE = new URL(
  import.meta.url.endsWith('.ts') ? '../config/from-flags.ts' : '../config/from-flags.js',
  import.meta.url,
).href

/** Composes the study that the flags describe, with a log file behind its plugins. Nothing is written. */
export async function prepareSession(request: SessionRequest): Promise<PreparedSession> {
  const { flags, verbose = false, observer } = request
  const own = await configFromFlags(flags)
  const name = request.name ?? own.name ?? studyName(flags)
  const log = await studyLogger(verbose)
  const hasLogger = own.plugins?.some((plugin) => plugin?.provides?.name === 'logger') === true
  const config = hasLogger ? own : { ...own, plugins: [...(own.plugins ?? []), log.plugin] }
  const prepared = await prepareStudy(config, {
    name,
    module: FLAGS_MODULE,
    overrides: flags as JsonObject,
    environment: environment(),
    ...(observer && { observer }),
  })
  const folder = studyFolder(config, name)
  return { prepared, config, log, ...(folder !== undefined && { folder }) }
}
