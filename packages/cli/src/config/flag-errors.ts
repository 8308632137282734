import { RondoError } from '@rondo/core'
import { columnFlag } from '../flags/column-flags.ts'
import type { ColumnFlags } from '../flags/study-flags.ts'

/** A flag changes an option of a plugin that the config doesn't have. */
export function noPlaceFor(flag: string, field: string, plugin: string): RondoError {
  return new RondoError('RONDO_USAGE', {
    message: `${flag} changes an option of ${plugin}, and the config's \`${field}\` is something else.`,
    place: { field: flag },
    remedy: `Leave ${flag} out, or change \`${field}\` in the config.`,
  })
}

/** Columns are named on the command line although a config says what the data is. */
export function notOfConfig(columns: ColumnFlags): RondoError {
  const flag = columnFlag(Object.keys(columns)[0] as keyof ColumnFlags)
  return new RondoError('RONDO_USAGE', {
    message: `${flag} changes an option of csv(…), and the config’s \`data\` is something else.`,
    place: { field: flag },
    remedy: `Change \`data\` in the config, or name the data file instead of the config.`,
  })
}

/** A data file is named although the config's data is no file. */
export function notInPlaceOf(file: string): RondoError {
  return new RondoError('RONDO_USAGE', {
    message: `${file} can only take the place of csv(…), and the config’s \`data\` is something else.`,
    value: file,
    place: { file },
    remedy: 'Change `data` in the config, and begin a study from it.',
  })
}
