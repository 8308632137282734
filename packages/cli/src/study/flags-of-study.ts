import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RondoError, type StudySpec } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { fileFlags } from '../flags/study-options.ts'
import { DEFAULT_STUDIES } from './default-studies.ts'

/** Where a study and its files lie now. */
export interface StudyWhereabouts {
  /** The folder of studies. */
  readonly studies: string
  /** Its config or its data file, where that has been moved. */
  readonly file?: string | undefined
}

/**
 * The flags from which a study is rebuilt.
 *
 * @throws RONDO_CONFIG_NOT_FOUND, RONDO_DATA_NOT_FOUND where its config or its data file is no longer where it was, and
 * RONDO_USAGE for a study that was composed in code and names no module.
 */
export function flagsOfStudy(name: string, spec: StudySpec, { studies, file }: StudyWhereabouts): StudyFlags {
  const { config, data, ...flags } = spec.overrides as StudyFlags
  // Where the folder was named, it may have been moved since.
  const place =
    studies === DEFAULT_STUDIES && flags.studies === undefined ? {} : { studies: resolve(studies) }
  const source = file === undefined ? sourceOf(name, spec) : fileFlags(file)
  requireFile(name, source)
  return { ...flags, ...source, ...place }
}

function sourceOf(name: string, { module, overrides }: StudySpec): Pick<StudyFlags, 'config' | 'data'> {
  const { config, data } = overrides as StudyFlags
  if (config !== undefined) return { config }
  if (data !== undefined) return { data }
  if (module !== undefined) return { config: fileURLToPath(module) }
  throw new RondoError('RONDO_USAGE', {
    message: `Study “${name}” was composed in code, so that the command line cannot rebuild it.`,
    place: { study: name },
    remedy: 'Resume it in the program that began it.',
  })
}

function requireFile(study: string, { config, data }: Pick<StudyFlags, 'config' | 'data'>): void {
  const file = config ?? data
  if (file === undefined || existsSync(file)) return
  const what = config === undefined ? 'The data' : 'The config'
  throw new RondoError(config === undefined ? 'RONDO_DATA_NOT_FOUND' : 'RONDO_CONFIG_NOT_FOUND', {
    message: `${what} of study “${study}” is no longer at ${file}.`,
    value: file,
    place: { study, file },
    remedy: 'Say where it lies now with --file, or put it back.',
  })
}
