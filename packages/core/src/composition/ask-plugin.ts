import { type ErrorPlace, RondoError } from '../errors/rondo-error.ts'

/** The plugin behind each instance that a composition has made: who holds one need not know where it came from. */
const makers = new WeakMap<WeakKey, string>()

/** Records who made an instance. What two plugins provide belongs to the first. */
export function recordMaker(instance: unknown, plugin: string): void {
  const isObject = (typeof instance === 'object' && instance !== null) || typeof instance === 'function'
  if (isObject && !makers.has(instance)) makers.set(instance, plugin)
}

/** The name of the plugin that made an instance; `undefined` where no composition did. */
export const pluginOf = (instance: WeakKey): string | undefined => makers.get(instance)

/** The occasion of a call into a plugin, for the error if it throws. */
export interface PluginCall {
  /** After “when”: `it was asked for the params of trial 3`, say. */
  readonly when: string
  readonly place?: ErrorPlace
}

/**
 * Calls into a plugin's instance. Its coded errors pass.
 *
 * @throws RONDO_PLUGIN_FAILED for whatever else it throws, naming the plugin and the occasion; where `call` returns
 *   a promise, as its rejection.
 */
export function askPlugin<T>(instance: WeakKey, { when, place = {} }: PluginCall, call: () => T): T {
  const fail = (error: unknown): never => {
    // By its name, as in asRondoError.
    if (error instanceof Error && error.name === 'RondoError') throw error
    const plugin = pluginOf(instance)
    const who = plugin === undefined ? 'A plugin' : `Plugin “${plugin}”`
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    throw new RondoError('RONDO_PLUGIN_FAILED', {
      message: `${who} threw “${said}” when ${when}.`,
      place: { ...place, ...(plugin === undefined ? {} : { plugin }) },
      cause: error,
    })
  }
  let answer: T
  try {
    answer = call()
  } catch (error) {
    return fail(error)
  }
  return answer instanceof Promise ? (answer.catch(fail) as T) : answer
}
