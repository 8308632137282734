import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RondoError, type StudySpec } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { DEFAULT_STUDIES } from './default-studies.ts'

/**
 * The flags from which a study is rebuilt.
 *
 * @throws RONDO_USAGE for a study that was composed in code and names no module.
 */
export function flagsOfStudy(name: string, { module, overrides }: StudySpec, studies: string): StudyFlags {
  const flags = overrides as StudyFlags
  // Where the folder was named, it may have been moved since.
  const place =
    studies === DEFAULT_STUDIES && flags.studies === undefined ? {} : { studies: resolve(studies) }
  if (flags.config !== undefined || flags.data !== undefined) return { ...flags, ...place }
  if (module !== undefined) return { config: fileURLToPath(module), ...place }
  throw new RondoError('RONDO_USAGE', {
    message: `Study “${name}” was composed in code, so that the command line cannot rebuild it.`,
    place: { study: name },
    remedy: 'Resume it in the program that began it.',
  })
}
