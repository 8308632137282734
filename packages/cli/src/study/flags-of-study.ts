import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RondoError, type StudySpec } from '@rondo/core'
import { defined } from '../config/defined.ts'
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
  const source = sourceNow(name, spec, file)
  requireFiles(name, source)
  return { ...flags, ...source, ...place }
}

type Source = Pick<StudyFlags, 'config' | 'data'>

/** Where its files lie now: a study of a config may have data in the place of the config's own, and either may have moved. */
function sourceNow(name: string, spec: StudySpec, file: string | undefined): Source {
  const { config, data } = spec.overrides as StudyFlags
  const moved = fileFlags(file)
  if (moved.config !== undefined)
    return { ...(config !== undefined && data !== undefined && { data }), ...moved }
  if (moved.data !== undefined) return { ...(config !== undefined && { config }), ...moved }
  return sourceOf(name, spec)
}

function sourceOf(name: string, { module, overrides }: StudySpec): Source {
  const { config, data } = overrides as StudyFlags
  if (config !== undefined || data !== undefined) return defined({ config, data })
  if (module !== undefined) return { config: fileURLToPath(module) }
  throw new RondoError('RONDO_USAGE', {
    message: `Study “${name}” was composed in code, so that the command line cannot rebuild it.`,
    place: { study: name },
    remedy: 'Resume it in the program that began it.',
  })
}

function requireFiles(study: string, { config, data }: Source): void {
  if (config !== undefined) requireFile(study, config, 'config')
  if (data !== undefined) requireFile(study, data, 'data')
}

function requireFile(study: string, file: string, what: 'config' | 'data'): void {
  if (existsSync(file)) return
  throw new RondoError(what === 'data' ? 'RONDO_DATA_NOT_FOUND' : 'RONDO_CONFIG_NOT_FOUND', {
    message: `The ${what} of study “${study}” is no longer at ${file}.`,
    value: file,
    place: { study, file },
    remedy: 'Say where it lies now with --file, or put it back.',
  })
}
