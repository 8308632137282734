import { didYouMean, type Json, RondoError, type StudyConfig } from '@rondo/core'

/** Every field of a config. The type makes sure that none is forgotten. */
const FIELDS: { readonly [field in keyof Required<StudyConfig>]: true } = {
  name: true,
  data: true,
  model: true,
  space: true,
  constraints: true,
  objective: true,
  search: true,
  scheduler: true,
  splitter: true,
  callbacks: true,
  trainer: true,
  executor: true,
  store: true,
  plugins: true,
  epochs: true,
  seed: true,
  ordered: true,
  enqueue: true,
  warmStart: true,
  defaultTrial: true,
  trials: true,
  timeMs: true,
  patience: true,
  checkpointMb: true,
}

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
  for (const [field, value] of Object.entries(exported)) {
    if (field in FIELDS) continue
    throw new RondoError('RONDO_CONFIG_INVALID', {
      message: `A config has no field \`${field}\`.${didYouMean(field, Object.keys(FIELDS))}`,
      ...(isJson(value) ? { value } : {}),
      place: { file, field },
      remedy: `Correct the field; a config has ${Object.keys(FIELDS).join(', ')}.`,
    })
  }
  return exported as StudyConfig
}

const isJson = (value: unknown): value is Json => ['string', 'number', 'boolean'].includes(typeof value)
