import { didYouMean } from '../errors/nearest-name.ts'
import { type ErrorPlace, RondoError } from '../errors/rondo-error.ts'
import type { Json } from '../json.ts'
import type { StudyConfig } from './config.ts'

/** Every field of a config. The type makes sure that none is forgotten. */
const CONFIG_FIELDS: { readonly [field in keyof Required<StudyConfig>]: true } = {
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
  defaultsOf: true,
  trials: true,
  timeMs: true,
  patience: true,
  checkpointMb: true,
}

/** Refuses a config that has a field of no meaning. @throws RONDO_CONFIG_INVALID naming the field and the nearest one */
export const requireConfigFields = (config: object, place: ErrorPlace = {}): void =>
  requireFields(config, Object.keys(CONFIG_FIELDS), { of: 'a config', place })

/** @throws RONDO_CONFIG_INVALID where an object has another field than those known. */
export function requireFields(
  given: object,
  known: readonly string[],
  { of, place = {} }: { readonly of: string; readonly place?: ErrorPlace },
): void {
  for (const [field, value] of Object.entries(given)) {
    if (known.includes(field)) continue
    throw new RondoError('RONDO_CONFIG_INVALID', {
      message: `${of[0]!.toUpperCase()}${of.slice(1)} has no field \`${field}\`.${didYouMean(field, known)}`,
      ...(isPlain(value) ? { value } : {}),
      place: { ...place, field },
      remedy: `Correct the field; ${of} has ${known.join(', ')}.`,
    })
  }
}

const isPlain = (value: unknown): value is Json => ['string', 'number', 'boolean'].includes(typeof value)
