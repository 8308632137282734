import { asRondoError, RondoError } from '../errors/rondo-error.ts'
import type { Lifecycle } from './plugin.ts'

interface Living {
  readonly plugin: string
  readonly instance: Lifecycle
  started?: Promise<void>
}

/** Instances that have something to start or to dispose of, in the order in which they were made. */
export class Lifecycles {
  readonly #living: Living[] = []

  /** Whether the instance is one that has to be kept. */
  add(plugin: string, instance: unknown): boolean {
    if (!hasLifecycle(instance)) return false
    // Two plugins may provide one object under two tokens.
    if (this.#living.every((other) => other.instance !== instance)) this.#living.push({ plugin, instance })
    return true
  }

  /** Starts those that have not been started, one after the other: each comes after those that it injects. */
  async start(signal: AbortSignal): Promise<void> {
    // By index: what is made during a start has its turn as well.
    for (let i = 0; i < this.#living.length; i++) {
      const living = this.#living[i]!
      if (living.started === undefined) {
        signal.throwIfAborted()
        living.started = startOne(living, signal)
      }
      await living.started
    }
  }

  /** Disposes of each in reverse order, whether it was started or not; what they throw is collected. */
  async dispose(errors: RondoError[]): Promise<void> {
    for (const { plugin, instance, started } of this.#living.splice(0).reverse()) {
      await started?.catch(() => undefined)
      try {
        await instance.dispose?.()
      } catch (error) {
        errors.push(asRondoError(error, 'RONDO_PLUGIN_FAILED', { plugin }))
      }
    }
  }
}

/** Throws what disposing has collected. */
export function throwCollected(errors: readonly RondoError[]): void {
  const [first, ...others] = errors
  if (first === undefined) return
  if (others.length === 0) throw first
  throw new RondoError('RONDO_PLUGIN_FAILED', {
    message: `${errors.length} plugins failed while they ended: ${errors.map(({ message }) => message).join(' · ')}`,
    place: first.place,
    cause: new AggregateError(errors),
  })
}

async function startOne({ plugin, instance }: Living, signal: AbortSignal): Promise<void> {
  try {
    await instance.start?.(signal)
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw error
    throw asRondoError(error, 'RONDO_PLUGIN_FAILED', { plugin })
  }
}

function hasLifecycle(instance: unknown): instance is Lifecycle {
  if (typeof instance !== 'object' || instance === null) return false
  const { start, dispose } = instance as Lifecycle
  return typeof start === 'function' || typeof dispose === 'function'
}
