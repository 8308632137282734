import { RondoError } from '@rondo/core'

/** A flag changes an option of a plugin that the config doesn't have. */
export function noPlaceFor(flag: string, field: string, plugin: string): RondoError {
  return new RondoError('RONDO_USAGE', {
    message: `${flag} changes an option of ${plugin}, and the config's \`${field}\` is something else.`,
    place: { field: flag },
    remedy: `Leave ${flag} out, or change \`${field}\` in the config.`,
  })
}
