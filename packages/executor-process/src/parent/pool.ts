import {
  type ArtifactStore,
  type Executor,
  type Leg,
  type LegHandle,
  type LegMessage,
  type LegResult,
  type Lifecycle,
  RondoError,
  type StudySpec,
} from '@rondo/core'
import { type WorkerParts, WorkerProcess } from './worker-process.ts'

/** So many workers in a row may die before they are ready; then something is wrong with all of them. */
const OPENING_ATTEMPTS = 5

/** Workers, started when they are first needed and replaced when they are lost. */
export class Pool implements Executor, Lifecycle {
  readonly concurrency: number
  readonly #parts: WorkerParts
  readonly #idle: WorkerProcess[] = []
  readonly #workers = new Set<WorkerProcess>()
  readonly #opening = new Set<Promise<WorkerProcess>>()
  #spec: StudySpec | undefined
  #isDisposed = false

  constructor(workers: number, parts: WorkerParts) {
    this.concurrency = workers
    this.#parts = parts
  }

  /** Starts the first worker, so that whatever it finds wrong comes before the first trial. */
  async prepare(spec: StudySpec): Promise<void> {
    requireModule(spec)
    this.#spec = spec
    if (this.#workers.size === 0) this.#idle.push(await this.#open(spec))
  }

  run(leg: Leg, artifacts: ArtifactStore, onMessage: (message: LegMessage) => void): LegHandle {
    let running: LegHandle | undefined
    let isInterrupted = false
    const work = async (): Promise<LegResult> => {
      const worker = await this.#take()
      running = worker.run(leg, artifacts, onMessage)
      if (isInterrupted) running.interrupt()
      try {
        return await running.result
      } finally {
        this.#giveBack(worker)
      }
    }
    return {
      result: work(),
      interrupt: () => {
        isInterrupted = true
        running?.interrupt()
      },
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    await Promise.allSettled(this.#opening)
    await Promise.all([...this.#workers].map((worker) => worker.close()))
    this.#workers.clear()
    this.#idle.length = 0
  }

  async #take(): Promise<WorkerProcess> {
    for (;;) {
      const worker = this.#idle.pop()
      if (worker === undefined) break
      if (worker.isAlive) return worker
      this.#workers.delete(worker)
    }
    if (this.#spec === undefined) {
      throw new RondoError('RONDO_INTERNAL', {
        message: 'The process pool was given a leg before the study.',
      })
    }
    return this.#open(this.#spec)
  }

  #giveBack(worker: WorkerProcess): void {
    if (worker.isAlive) this.#idle.push(worker)
    else this.#workers.delete(worker)
  }

  async #open(spec: StudySpec): Promise<WorkerProcess> {
    if (this.#isDisposed) {
      throw new RondoError('RONDO_INTERNAL', { message: 'The process pool was given a leg after its end.' })
    }
    const opening = this.#openPatiently(spec)
    this.#opening.add(opening)
    try {
      const worker = await opening
      this.#workers.add(worker)
      return worker
    } finally {
      this.#opening.delete(opening)
    }
  }

  /** A worker that dies before it has taken a leg says nothing about any leg: another one is started. */
  async #openPatiently(spec: StudySpec): Promise<WorkerProcess> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await WorkerProcess.open(spec, this.#parts)
      } catch (error) {
        const lost = error instanceof RondoError && error.code === 'RONDO_WORKER_LOST'
        if (!lost || attempt === OPENING_ATTEMPTS || this.#isDisposed) throw error
      }
    }
  }
}

function requireModule(spec: StudySpec): void {
  if (spec.module !== undefined) return
  throw new RondoError('RONDO_CONFIG_INVALID', {
    message: 'A study that is composed in code cannot be rebuilt by worker processes.',
    place: { field: 'executor' },
    remedy:
      'Put its config into a module as the default export and give prepareStudy that module’s file URL, or leave ' +
      'processPool out: legs then run in this process.',
  })
}
