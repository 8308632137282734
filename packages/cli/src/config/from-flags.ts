import { basename, dirname } from 'node:path'
import type { JsonObject, StudyConfig } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { applyFlags } from './apply-flags.ts'
import { configOfData } from './config-of-data.ts'
import { loadConfig } from './load-config.ts'
import { withDefaults } from './with-defaults.ts'

/**
 * The config that flags describe: that of a file with the flags on top, or one made for a data file. Workers and
 * `rondo resume` call it with the flags in the log, and come to the same config.
 */
export async function configFromFlags(flags: StudyFlags): Promise<StudyConfig> {
  const own = flags.config === undefined ? await configOfData(flags) : await loadConfig(flags.config)
  return withDefaults(await applyFlags(own, flags), flags)
}

/** The name of a study whose config has none: that of its data file, or of the folder where its config lies. */
export function studyName({ config, data }: StudyFlags): string {
  const file = data ?? config ?? 'study'
  const stem = basename(file).split('.')[0]!
  const named = stem === 'rondo' ? basename(dirname(file)) : stem
  const plain = named.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
  return plain === '' ? 'study' : plain
}

// biome-ignore lint/style/noDefaultExport: this is the module of a study, as a config file is.
export default (overrides: JsonObject): Promise<StudyConfig> => configFromFlags(overrides as StudyFlags)
