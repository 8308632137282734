import { DATASET } from '../contracts/dataset.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { StudyFingerprint, StudySpec } from './study-spec.ts'

/** A place where two JSON values differ. */
interface Difference {
  /** `space.units.high`, say. */
  readonly path: string
  readonly was: Json | undefined
  readonly is: Json | undefined
}

/** Only so many differences are named; the first is mostly the cause of the others. */
const NAMED = 5

/**
 * Checks that a study that is resumed is the one that was begun. Limits may differ, and where the config lies.
 *
 * @throws RONDO_STUDY_CHANGED or, for version, machine and numerics, RONDO_STUDY_FINGERPRINT, naming what differs.
 */
export function requireSameStudy(name: string, begun: StudySpec, now: StudySpec): void {
  const config = [...differences('', comparable(begun), comparable(now))]
  if (config.length === 1 && config[0]!.path === 'data') throw changedData(name, begun, now)
  if (config.length > 0) throw changed('RONDO_STUDY_CHANGED', 'The config', name, config)
  const environment = [...differences('', begun.fingerprint.environment, now.fingerprint.environment)]
  if (environment.length > 0) throw changed('RONDO_STUDY_FINGERPRINT', 'The installation', name, environment)
}

/** Names what differs between a study's fingerprint and that of a worker, or `undefined` where nothing does. */
export function describeDifferences(study: StudyFingerprint, worker: StudyFingerprint): string | undefined {
  const found = [...differences('', plainly(study), plainly(worker))]
  return found.length === 0 ? undefined : inWords(found)
}

/** The data alone differs: no option of the config, and not where the file lies, which says nothing. */
function changedData(study: string, begun: StudySpec, now: StudySpec): RondoError {
  const is = now.data
  const was = begun.data
  const name = is?.name ?? 'The data'
  if (was?.content !== undefined && was.content === is?.content) {
    return readOtherwise(study, name, begun.fingerprint.environment.rondo, now.fingerprint.environment.rondo)
  }
  const added = was === undefined || is === undefined ? 0 : is.rows - was.rows
  const counts =
    added === 0 || was === undefined || is === undefined
      ? ''
      : ` It had ${was.rows} rows then and has ${is.rows} now.`
  return new RondoError('RONDO_STUDY_CHANGED', {
    message: `${name} has changed since study “${study}” began.${counts}`,
    value: ['data'],
    place: { study, ...(is && { file: is.name }) },
    remedy:
      added > 0
        ? `Tune again on the newer rows with \`rondo retune ${study} …\`, or name the file as it was with --file.`
        : 'Name the file as it was with --file, or begin a new study with --study.',
  })
}

/** The file is what it was, but comes to other rows or columns: the code that reads it has changed. */
function readOtherwise(study: string, file: string, was: Json | undefined, is: Json | undefined): RondoError {
  const reading =
    was === is ? 'is read otherwise than then' : `Rondo ${is} reads it otherwise than ${was} did`
  return new RondoError('RONDO_STUDY_FINGERPRINT', {
    message: `${file} has not changed since study “${study}” began, but ${reading}.`,
    value: ['data'],
    place: { study, file },
    remedy: `Go on with ${was === is ? 'the code' : `Rondo ${was}, the version`} that began the study, or begin a new one with --study.`,
  })
}

function comparable(spec: StudySpec): JsonObject {
  const { seed, objective, fullBudget, ordered, defaultTrial, fingerprint } = spec
  const settings = {
    seed,
    objective,
    fullBudget,
    ordered,
    defaultTrial,
    ...ofTrials(fingerprint),
  }
  // Through JSON, so that what is absent and what is undefined are the same.
  return JSON.parse(JSON.stringify(settings)) as JsonObject
}

const ofTrials = ({ space, plugins, data }: StudyFingerprint) => ({ space, plugins: byToken(plugins), data })

const plainly = (fingerprint: StudyFingerprint): JsonObject =>
  JSON.parse(JSON.stringify({ ...ofTrials(fingerprint), environment: fingerprint.environment })) as JsonObject

/** Plugins under their token and name, so that a difference names the plugin rather than a place in a list. */
function byToken(plugins: readonly JsonObject[]): JsonObject {
  const named: { [name: string]: JsonObject } = {}
  for (const plugin of plugins) {
    const base = `${String(plugin.token)}:${String(plugin.name)}`
    let key = base
    for (let i = 2; key in named; i++) key = `${base}#${i}`
    named[key] = plugin.token === DATASET.name ? withoutFiles(plugin) : plugin
  }
  return named
}

/** What files are called says nothing: what they hold is in the hash of the data. */
function withoutFiles(plugin: JsonObject): JsonObject {
  if (!isObject(plugin.options)) return plugin
  const { files: _, ...options } = plugin.options
  return { ...plugin, options }
}

function* differences(path: string, was: Json | undefined, is: Json | undefined): Iterable<Difference> {
  if (isObject(was) && isObject(is)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      yield* differences(path === '' ? key : `${path}.${key}`, was[key], is[key])
    }
  } else if (JSON.stringify(was) !== JSON.stringify(is)) yield { path, was, is }
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

function inWords(found: readonly Difference[]): string {
  const show = (json: Json | undefined): string => (json === undefined ? 'absent' : JSON.stringify(json))
  const named = found
    .slice(0, NAMED)
    .map(({ path, was, is }) => `${path} was ${show(was)} and is ${show(is)}`)
  return named.join('; ') + (found.length > NAMED ? `; and ${found.length - NAMED} more` : '')
}

function changed(
  code: 'RONDO_STUDY_CHANGED' | 'RONDO_STUDY_FINGERPRINT',
  what: string,
  study: string,
  found: readonly Difference[],
): RondoError {
  return new RondoError(code, {
    message: `${what} differs from the one that study “${study}” was begun with: ${inWords(found)}.`,
    value: found.map(({ path }) => path),
    place: { study },
  })
}
