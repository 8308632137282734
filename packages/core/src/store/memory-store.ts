import { definePlugin, type Plugin } from '../composition/plugin.ts'
import type { ArtifactStore } from '../contracts/artifacts.ts'
import { CLOCK, type Clock } from '../contracts/clock.ts'
import { type LoggedEvent, STORE, type Store, type StudyEntry, type StudyLog } from '../contracts/store.ts'
import { didYouMean } from '../errors/nearest-name.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { StudyEvent } from '../study/events.ts'
import { MemoryArtifacts } from './memory-artifacts.ts'

/**
 * Keeps studies in memory, for `tune` in code and for tests; gone with the process. The same plugin given to two
 * studies is the same store.
 */
export const memoryStore = (): Plugin<Store> => {
  const studies = new Map<string, Kept>()
  return definePlugin({
    name: 'memory',
    provides: STORE,
    scope: 'process',
    inject: [CLOCK],
    create: (clock) => new MemoryStore(studies, clock),
  })
}

interface Kept {
  readonly events: LoggedEvent[]
  readonly artifacts: ArtifactStore
  locked: boolean
}

class MemoryStore implements Store {
  readonly #studies: Map<string, Kept>
  readonly #clock: Clock

  constructor(studies: Map<string, Kept>, clock: Clock) {
    this.#studies = studies
    this.#clock = clock
  }

  list(): readonly StudyEntry[] {
    return [...this.#studies.keys()].sort().map((name) => ({ name }))
  }

  create(name: string): StudyLog {
    if (this.#studies.has(name)) {
      throw new RondoError('RONDO_STUDY_EXISTS', {
        message: `A study “${name}” exists already.`,
        value: name,
        place: { study: name },
      })
    }
    this.#studies.set(name, { events: [], artifacts: new MemoryArtifacts(), locked: false })
    return this.open(name, 'write')
  }

  open(name: string, access: 'write' | 'read'): StudyLog {
    const kept = this.#studies.get(name)
    if (kept === undefined) {
      throw new RondoError('RONDO_STUDY_NOT_FOUND', {
        message: `There is no study “${name}”.${didYouMean(name, this.#studies.keys())}`,
        value: name,
      })
    }
    if (access === 'read') return new MemoryLog(name, kept, undefined)
    if (kept.locked) {
      throw new RondoError('RONDO_STORE_LOCKED', {
        message: `Study “${name}” is being written to in this process.`,
        value: name,
        place: { study: name },
      })
    }
    kept.locked = true
    return new MemoryLog(name, kept, this.#clock)
  }
}

class MemoryLog implements StudyLog {
  readonly name: string
  readonly #kept: Kept
  /** Absent where the log is open for reading only. */
  readonly #clock: Clock | undefined

  constructor(name: string, kept: Kept, clock: Clock | undefined) {
    this.name = name
    this.#kept = kept
    this.#clock = clock
  }

  get seq(): number {
    return this.#kept.events.length
  }

  get artifacts(): ArtifactStore {
    return this.#kept.artifacts
  }

  *read(after = 0): Iterable<LoggedEvent> {
    const { events } = this.#kept
    for (let i = after; i < events.length; i++) yield events[i]!
  }

  append(events: readonly StudyEvent[], expectedSeq: number): number {
    if (this.#clock === undefined || expectedSeq !== this.seq) {
      throw new RondoError('RONDO_STORE_CONFLICT', {
        message:
          this.#clock === undefined
            ? `Study “${this.name}” is open for reading only.`
            : `The log of study “${this.name}” is at event ${this.seq}, not at ${expectedSeq}.`,
        value: expectedSeq,
        place: { study: this.name },
      })
    }
    const at = this.#clock.now()
    // Copied, so that what is read is what was written, as from any other store.
    for (const event of events)
      this.#kept.events.push({ seq: this.seq + 1, at, event: structuredClone(event) })
    return this.seq
  }

  close(): void {
    if (this.#clock !== undefined) this.#kept.locked = false
  }
}
