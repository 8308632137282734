import {
  asRondoError,
  type JsonObject,
  openWorker,
  RondoError,
  type StudyConfig,
  type StudySpec,
  type StudyWorker,
} from '@rondo/core'

type ConfigFunction = (overrides: JsonObject) => StudyConfig | Promise<StudyConfig>

/**
 * Rebuilds a study from its spec: the module's default export is the config, or a function of the overrides to it.
 *
 * @throws RONDO_CONFIG_INVALID, RONDO_CONFIG_FAILED, RONDO_WORKER_FINGERPRINT
 */
export async function openStudy(spec: StudySpec): Promise<StudyWorker> {
  const { module, overrides, fingerprint } = spec
  if (module === undefined) {
    throw new RondoError('RONDO_CONFIG_INVALID', { message: 'The study names no module to be rebuilt from.' })
  }
  const exported = await importDefault(module)
  const config = typeof exported === 'function' ? await callConfig(exported, module, overrides) : exported
  // What this process can find out itself it says itself; the trainer adds what it knows.
  const own = { node: process.versions.node, arch: process.arch }
  const environment = Object.entries(fingerprint.environment).map(([name, value]) => [
    name,
    name in own ? own[name as keyof typeof own] : value,
  ])
  return openWorker(
    config as StudyConfig,
    spec,
    Object.fromEntries(environment) as JsonObject,
    new AbortController().signal,
  )
}

async function importDefault(module: string): Promise<StudyConfig | ConfigFunction> {
  let exports: { readonly default?: unknown }
  try {
    exports = (await import(module)) as { readonly default?: unknown }
  } catch (error) {
    throw asRondoError(error, 'RONDO_CONFIG_FAILED', { file: module })
  }
  const { default: config } = exports
  if (typeof config === 'function') return config as ConfigFunction
  if (typeof config === 'object' && config !== null) return config as StudyConfig
  throw new RondoError('RONDO_CONFIG_INVALID', {
    message: `“${module}” has no default export that a study can be made of.`,
    value: module,
    place: { file: module },
    remedy:
      'Write `export default defineConfig({ … })`, or a function of the overrides that returns a config.',
  })
}

async function callConfig(make: ConfigFunction, module: string, overrides: JsonObject): Promise<StudyConfig> {
  try {
    return await make(overrides)
  } catch (error) {
    throw asRondoError(error, 'RONDO_CONFIG_FAILED', { file: module })
  }
}
