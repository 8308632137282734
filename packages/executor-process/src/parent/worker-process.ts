import { type ChildProcess, fork } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import {
  type ArtifactStore,
  asRondoError,
  type Clock,
  type Leg,
  type LegHandle,
  type LegMessage,
  type LegResult,
  type Logger,
  type RondoError,
  type StudySpec,
} from '@rondo/core'
import { beatMs, type FromWorker, HEARTBEAT_FD, type ToWorker, type WorkerLimits } from '../messages.ts'
import { receiveError } from '../sent-error.ts'
import { answerCall } from './answer-call.ts'
import { HeartbeatReader } from './heartbeat-reader.ts'
import { LastLines } from './last-lines.ts'
import { type Loss, lostWorker } from './lost-worker.ts'

/** What a worker is started with. */
export interface WorkerParts {
  readonly limits: WorkerLimits
  readonly clock: Clock
  readonly logger: Logger
}

/** What the worker has been asked for and not yet answered. */
interface Task {
  readonly artifacts?: ArtifactStore
  readonly onMessage?: (message: LegMessage) => void
  resolve(answer: LegResult | undefined): void
  reject(error: RondoError): void
}

/** Missed signs of life after which a worker counts as dead. */
const MISSED_BEATS = 4
/** How long a process may take to begin with them: a loaded machine starts one slowly. */
const BEGIN_MS = 60_000
/** How long after a process's end its last words are waited for. */
const LAST_WORDS_MS = 250
/** How long a worker that was asked to close may take. */
const CLOSE_MS = 2_000
const MEGABYTE = 2 ** 20

/** One child process, watched. It does one thing at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess
  readonly #parts: WorkerParts
  readonly #heartbeat: HeartbeatReader
  readonly #lastLines: LastLines
  readonly #watch: ReturnType<typeof setInterval>
  readonly #ended: Promise<void>
  #task: Task | undefined
  /** Artifact calls under way; a lost worker's are waited for, so that none comes after its leg was begun again. */
  readonly #calls = new Set<Promise<void>>()
  /** Why it was killed, where it was. */
  #loss: Loss | undefined
  #suspected = false
  #isGone = false

  private constructor(parts: WorkerParts) {
    this.#parts = parts
    const { clock, logger } = parts
    this.#child = startChild(parts.limits)
    const { pid } = this.#child
    const say = (line: string): void => logger.debug({ worker: pid }, line)
    this.#lastLines = new LastLines(this.#child.stderr!, say)
    new LastLines(this.#child.stdout!, say)
    this.#heartbeat = new HeartbeatReader(this.#child.stdio[HEARTBEAT_FD] as Readable, () =>
      clock.monotonic(),
    )
    this.#child.on('message', (message) => this.#hear(message as FromWorker))
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#end({ how: 'unstartable', message: error.message }, resolve))
      this.#child.once('exit', (code, signal) => this.#end({ how: 'exited', code, signal }, resolve))
    })
    this.#watch = setInterval(() => this.#look(), beatMs(parts.limits))
  }

  /** Starts a process and has it rebuild the study. @throws RONDO_WORKER_LOST, and what the worker finds wrong */
  static async open(spec: StudySpec, parts: WorkerParts): Promise<WorkerProcess> {
    const worker = new WorkerProcess(parts)
    try {
      await worker.#ask({ type: 'open', spec, limits: parts.limits }, {})
      return worker
    } catch (error) {
      await worker.close()
      throw error
    }
  }

  /** Whether it can take a leg. */
  get isAlive(): boolean {
    return !this.#isGone && this.#loss === undefined
  }

  run(leg: Leg, artifacts: ArtifactStore, onMessage: (message: LegMessage) => void): LegHandle {
    const result = this.#ask({ type: 'run', leg }, { artifacts, onMessage }).then(
      (answer) => answer as LegResult,
    )
    return { result, interrupt: () => this.#send({ type: 'interrupt' }) }
  }

  /** Ends the process: by asking, where it has nothing to do. */
  async close(): Promise<void> {
    if (this.#task === undefined && this.isAlive) {
      this.#send({ type: 'close' })
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_MS)
      await this.#ended
      clearTimeout(timer)
    } else {
      this.#child.kill('SIGKILL')
      await this.#ended
    }
  }

  #ask(message: ToWorker, task: Pick<Task, 'artifacts' | 'onMessage'>): Promise<LegResult | undefined> {
    return new Promise((resolve, reject) => {
      this.#task = { ...task, resolve, reject }
      this.#heartbeat.touch()
      this.#send(message)
    })
  }

  #send(message: ToWorker): void {
    if (!this.#child.connected) return
    // A message to a process that is dying is lost with it; its exit says so.
    this.#child.send(message, () => {})
  }

  #hear(message: FromWorker): void {
    this.#heartbeat.touch()
    const task = this.#task
    if (message.type === 'call') this.#carryOut(message, task?.artifacts)
    else if (task === undefined) return
    else if (message.type === 'message') this.#passOn(task, message.message)
    else if (message.type === 'failed') this.#settle(() => task.reject(receiveError(message.error)))
    else this.#settle(() => task.resolve(message.type === 'done' ? message.result : undefined))
  }

  #carryOut(
    message: Extract<FromWorker, { readonly type: 'call' }>,
    artifacts: ArtifactStore | undefined,
  ): void {
    const call = answerCall(artifacts, message, (reply) => this.#send(reply))
    this.#calls.add(call)
    void call.finally(() => this.#calls.delete(call))
  }

  #passOn(task: Task, message: LegMessage): void {
    try {
      task.onMessage?.(message)
    } catch (error) {
      // The study could not take it, a full disk say: the leg is over, and so is this worker.
      this.#settle(() => task.reject(asRondoError(error, 'RONDO_INTERNAL')))
      this.#kill({ how: 'exited', code: null, signal: 'SIGKILL' })
    }
  }

  #settle(how: () => void): void {
    this.#task = undefined
    how()
  }

  #look(): void {
    const { heartbeatMs, stallMs, memoryMb } = this.#parts.limits
    const now = this.#parts.clock.monotonic()
    const { at, progressAt, rssBytes } = this.#heartbeat.last
    const usedMb = Math.round(rssBytes / MEGABYTE)
    if (memoryMb !== undefined && usedMb > memoryMb) {
      this.#kill({ how: 'memory', usedMb, memoryMb })
    } else if (now - at > (this.#heartbeat.hasBegun ? MISSED_BEATS * heartbeatMs : BEGIN_MS)) {
      // Where this process itself was held up, signs of life lie unread: look again before judging.
      if (this.#suspected) this.#kill({ how: 'silent', ms: now - at })
      this.#suspected = true
    } else if (this.#task !== undefined && now - progressAt > stallMs) {
      this.#kill({ how: 'stalled', ms: now - progressAt })
    } else {
      this.#suspected = false
    }
  }

  #kill(loss: Loss): void {
    this.#loss ??= loss
    this.#child.kill('SIGKILL')
  }

  #end(loss: Loss, ended: () => void): void {
    this.#isGone = true
    clearInterval(this.#watch)
    const finish = async (): Promise<void> => {
      await Promise.allSettled(this.#calls)
      const task = this.#task
      const error = lostWorker(this.#loss ?? loss, this.#child.pid, this.#lastLines.text)
      if (task !== undefined) this.#settle(() => task.reject(error))
      ended()
    }
    // Messages and lines that the process left in its pipes are read until they close.
    const timer = setTimeout(finish, LAST_WORDS_MS)
    this.#child.once('close', () => {
      clearTimeout(timer)
      void finish()
    })
  }
}

function startChild({ memoryMb }: WorkerLimits): ChildProcess {
  // Sources and built files sit side by side in the same way, with another ending.
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const main = fileURLToPath(new URL(`../worker/main.${ending}`, import.meta.url))
  // A debugger's port is taken by this process; everything else (--conditions, say) the worker needs as well.
  const inherited = process.execArgv.filter((argument) => !argument.startsWith('--inspect'))
  const heap = memoryMb === undefined ? [] : [`--max-old-space-size=${Math.round(memoryMb)}`]
  return fork(main, [], {
    serialization: 'advanced',
    execArgv: [...inherited, ...heap],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  })
}
