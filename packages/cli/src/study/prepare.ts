import { dirname } from 'node:path'
import {
  type Dataset,
  type JsonObject,
  type Plugin,
  type PreparedStudy,
  prepareStudy,
  type StudyConfig,
  type StudyObserver,
} from '@rondo/core'
import { configFromFlags, studyName } from '../config/from-flags.ts'
import { inFlags } from '../flags/column-flags.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import { loggingObserver } from '../logging/logged-events.ts'
import { type StudyLogger, studyLogger } from '../logging/study-logger.ts'
import { environment } from './environment.ts'
import type { Score } from './scores.ts'
import { studyFolder } from './stores.ts'
import { tap } from './tap.ts'
import { type ValidationRows, validationBaselines } from './validation-baselines.ts'

/** A study that is ready to be opened, with what the command line adds to it. */
export interface PreparedSession {
  readonly prepared: PreparedStudy
  readonly log: StudyLogger
  /** Where it is kept, where that is on disk. */
  readonly folder?: string
  /** The folder of studies that it is in, where that is on disk. */
  readonly studies?: string
  /** The data, where the study has some. */
  readonly dataset?: Dataset
  /** Scores of the baselines on the rows on which trials are ranked; none without data. */
  baselines(): readonly Score[]
  /** The rows on which trials are ranked; `undefined` without data. */
  validationRows(): ValidationRows | undefined
  /** The plugins that the config names beside those with a field of their own. */
  readonly others: readonly Plugin[]
}

/** What is to be prepared. */
export interface SessionRequest {
  readonly flags: StudyFlags
  /** The study's name; the config's, or one from the file's name, where absent. */
  readonly name?: string
  /** Processes that train in this session, whatever the study says; not kept with it. */
  readonly workers?: number
  readonly verbose?: boolean
  readonly observer?: StudyObserver
}

/** The module from which workers, and `rondo resume`, rebuild a study of the command line. */
const FLAGS_MODULE = new URL(
  import.meta.url.endsWith('.ts') ? '../config/from-flags.ts' : '../config/from-flags.js',
  import.meta.url,
).href

/** Composes the study that the flags describe, with a log file behind its plugins. Nothing is written. */
export async function prepareSession(request: SessionRequest): Promise<PreparedSession> {
  const { flags, workers, verbose = false, observer } = request
  const config = await configFromFlags(workers === undefined ? flags : { ...flags, workers })
  const name = request.name ?? config.name ?? studyName(flags)
  const log = await studyLogger(verbose)
  const splitter = config.splitter && tap(config.splitter)
  const prepared = await prepareStudy(
    { ...withLogger(config, log), ...(splitter && { splitter: splitter.plugin }) },
    {
      name,
      module: FLAGS_MODULE,
      overrides: flags as JsonObject,
      environment: environment(),
      observer: loggingObserver(log.logger, observer ?? {}),
    },
  ).catch((error: unknown) => {
    throw flags.config === undefined ? inFlags(error) : error
  })
  const folder = studyFolder(config, name)
  const { dataset } = prepared
  const validationRows = (): ValidationRows | undefined => {
    const division = splitter?.instance()
    if (dataset === undefined || division === undefined) return undefined
    return { dataset, splitter: division, space: prepared.space, spec: prepared.spec }
  }
  return {
    prepared,
    log,
    others: config.plugins ?? [],
    ...(folder !== undefined && { folder, studies: dirname(folder) }),
    ...(dataset && { dataset }),
    validationRows,
    baselines() {
      const rows = validationRows()
      return rows === undefined ? [] : validationBaselines(rows)
    },
  }
}

function withLogger(config: StudyConfig, { plugin }: StudyLogger): StudyConfig {
  const own = config.plugins?.some(({ provides }) => provides?.name === plugin.provides.name) === true
  return own ? config : { ...config, plugins: [...(config.plugins ?? []), plugin] }
}
