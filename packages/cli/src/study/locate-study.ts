import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { StudyReading } from '@rondo/core'
import { defaultConfig } from '../config/find-config.ts'
import { studyName } from '../config/from-flags.ts'
import { loadConfig } from '../config/load-config.ts'
import { withEntries } from '../config/with-space-entries.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import { fileFlags } from '../flags/study-options.ts'
import { DEFAULT_STUDIES } from './default-studies.ts'
import { flagsOfStudy, type StudyWhereabouts } from './flags-of-study.ts'
import { openStore, readStudyOf, storeDirectory } from './stores.ts'

/** A study that a command line speaks of; `reading` where it has been begun. */
export interface LocatedStudy {
  readonly name: string
  /** From which it is rebuilt, or would be begun. */
  readonly flags: StudyFlags
  readonly reading?: StudyReading
}

/** How a command line names a study. */
export interface StudyPlace {
  /** A config, a data file, or the name of a study; `rondo.config.ts` where absent. */
  readonly file?: string | undefined
  readonly study?: string | undefined
  readonly studies?: string | undefined
}

/**
 * Finds the study that a file stands for. A study that has been begun keeps the flags it was begun with; those given
 * now go on top, so that what cannot change is refused by name.
 *
 * @throws RONDO_STUDY_NOT_FOUND where a name is given that is neither a file nor a study.
 */
export async function locateStudy(
  { file, study, studies }: StudyPlace,
  given: StudyFlags,
): Promise<LocatedStudy> {
  if (file !== undefined && extname(file) === '' && !existsSync(file)) {
    return begun(study ?? file, given, { studies: studies ?? DEFAULT_STUDIES })
  }
  const own = fileFlags(file ?? defaultConfig())
  const config = own.config === undefined ? undefined : await loadConfig(own.config)
  const name = study ?? config?.name ?? studyName(own)
  const directory = studies ?? (config?.store === undefined ? DEFAULT_STUDIES : storeDirectory(config))
  if (directory !== undefined && isThere(directory, name)) {
    return begun(name, given, { studies: directory, file })
  }
  return { name, flags: { ...own, ...given, ...(studies !== undefined && { studies: resolve(studies) }) } }
}

const isThere = (directory: string, name: string): boolean =>
  openStore(directory)
    .list()
    .some((entry) => entry.name === name)

function begun(name: string, given: StudyFlags, place: StudyWhereabouts): LocatedStudy {
  const reading = readStudyOf(openStore(place.studies), name)
  const before = flagsOfStudy(name, reading.state.spec, place)
  const flags = {
    ...before,
    ...given,
    ...merged('columns', before, given),
    ...spaceOf(before, given),
  }
  return { name, reading, flags }
}

/** Where a study has a whole space of its own, what is given now changes that one. */
function spaceOf(before: StudyFlags, given: StudyFlags): StudyFlags {
  if (before.wholeSpace === undefined || given.space === undefined) return merged('space', before, given)
  return { wholeSpace: withEntries(before.wholeSpace, given.space) }
}

function merged(field: 'columns' | 'space', before: StudyFlags, given: StudyFlags): StudyFlags {
  if (before[field] === undefined && given[field] === undefined) return {}
  return { [field]: { ...before[field], ...given[field] } }
}
