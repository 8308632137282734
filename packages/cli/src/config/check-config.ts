import { RondoError, requireConfigFields, type StudyConfig } from '@rondo/core'

/** Takes what a config file exports for a config. @throws RONDO_CONFIG_INVALID naming the field. */
export function checkConfig(exported: unknown, file: string): StudyConfig {
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    throw new RondoError('RONDO_CONFIG_INVALID', {
      message:
        exported === undefined
          ? 'The config file has no default export.'
          : 'The default export of the config file is no config.',
      place: { file },
      remedy: 'Write `export default defineConfig({ … })`.',
    })
  }
  requireConfigFields(exported, { file })
  return exported as StudyConfig
}
