import { askPlugin } from '../composition/ask-plugin.ts'
import type { ArtifactRef, ArtifactStore } from '../contracts/artifacts.ts'
import type { Clock } from '../contracts/clock.ts'
import type { Executor, LegHandle } from '../contracts/executor.ts'
import type { Logger } from '../contracts/logger.ts'
import type { Leg, LegMessage, LegResult, Measurement } from '../contracts/trainer.ts'
import { asRondoError, RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import { deriveRng } from '../random/derive.ts'
import { count } from '../words/count.ts'
import { checkpointsToDrop } from './checkpoints-to-drop.ts'
import { type Deciders, decide } from './decide.ts'
import type { StopReason, StudyEvent } from './events.ts'
import type { Flight, LegOutcome } from './flight.ts'
import { refuseHopelessStudy } from './hopeless-study.ts'
import { keptArtifacts, replacedArtifacts } from './kept-artifacts.ts'
import type { Ledger } from './ledger.ts'
import type { StudyObserver } from './observer.ts'
import { bestAfter } from './publish-best.ts'
import { reachedBy, runningTrial } from './running-trial.ts'

/** What the engine works with. */
export interface EngineParts extends Deciders {
  readonly ledger: Ledger
  readonly executor: Executor
  readonly clock: Clock
  readonly logger: Logger
  readonly observer: StudyObserver
  /** That the checkpoints of resting trials may take. */
  readonly checkpointBytes: number
  /** What this session runs on; recorded. */
  readonly environment: JsonObject
}

interface Running {
  readonly flight: Flight
  readonly handle: LegHandle
  /** Of this leg, as far as heard; those before a checkpoint that it goes on from are in its result only. */
  readonly measurements: Measurement[]
  /** Why the scheduler ends the trial, where it has interrupted the leg. */
  stopReason?: string
}

interface Arrival {
  readonly flight: Flight
  readonly result?: LegResult
  readonly error?: unknown
}

/**
 * Runs a study: asks the scheduler and the strategy, hands out legs, and writes everything decided to the log before
 * it acts on it. One call of {@link StudyEngine.run} is one session.
 */
export class StudyEngine {
  readonly #parts: EngineParts
  readonly #ledger: Ledger
  readonly #artifacts: ArtifactStore
  readonly #running = new Map<number, Running>()
  /** Legs that the executor has no room for yet; only an ordered study has more legs in flight than workers. */
  readonly #queue: Flight[] = []
  readonly #arrivals: Arrival[] = []
  #wake: () => void = () => {}
  #ending: StopReason | undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#ledger = parts.ledger
    this.#artifacts = parts.ledger.log.artifacts
  }

  /**
   * Works until a limit is reached, nothing is left to do, or `signal` is aborted; running legs then write a
   * checkpoint and end.
   *
   * @throws RondoError of scope `study`; the log then ends where the last leg ended.
   */
  async run(signal: AbortSignal): Promise<StopReason> {
    const { environment } = this.#parts
    this.#ledger.record({ type: 'session.opened', environment })
    const onAbort = (): void => this.#end('aborted')
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    const timer = this.#startTimer()
    try {
      await this.#removeUnknownArtifacts()
      this.#restartUnfinished()
      const reason = await this.#work()
      this.#ledger.record({ type: 'session.closed', reason })
      return reason
    } catch (error) {
      await this.#abandon()
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
  }

  async #work(): Promise<StopReason> {
    for (;;) {
      while (this.#arrivals.length > 0) await this.#settle(this.#arrivals.shift()!)
      this.#fillExecutor()
      const idle = this.#ending === undefined ? await this.#decideOne() : 'ended'
      if (idle === undefined) continue
      if (this.#arrivals.length > 0) continue
      if (this.#advance()) continue
      if (this.#running.size === 0) return this.#ending ?? this.#reasonToStop(idle)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Makes one decision; says why not, where none can be made now. */
  async #decideOne(): Promise<'full' | 'wait' | 'exhausted' | undefined> {
    const { state, flights, ordered } = this.#ledger
    const slots = ordered ? (state.spec.ordered?.lag ?? 0) + 1 : this.#parts.executor.concurrency
    if (flights.size >= slots) return 'full'
    const basis = { seen: this.#ledger.log.seq, time: this.#ledger.time }
    const decided = await decide(state, this.#parts, basis)
    if (decided === 'exhausted') {
      // Whatever the scheduler can still do with the trials there are, no new one will come.
      if (state.exhausted) return 'exhausted'
      state.exhausted = true
      return undefined
    }
    if (decided === 'wait') return state.exhausted ? 'exhausted' : 'wait'
    this.#ledger.record(...decided)
    for (const event of decided) if (event.type === 'leg.started') this.#queue.push(flights.get(event.trial)!)
    return undefined
  }

  /** In an ordered study, moves virtual time to the next result if that is there. */
  #advance(): boolean {
    const next = this.#ledger.ordered && this.#ending === undefined ? this.#ledger.nextArrival() : undefined
    if (next === undefined || !this.#ledger.hasArrivedBy(next)) return false
    this.#ledger.advance(next)
    refuseHopelessStudy(this.#ledger)
    return true
  }

  #reasonToStop(idle: 'full' | 'wait' | 'exhausted' | 'ended'): StopReason {
    const { state } = this.#ledger
    if (state.outOfPatience) return 'patience'
    if (idle === 'exhausted') return 'exhausted'
    if (state.trialsLeft === 0) return 'trials'
    throw new RondoError('RONDO_STUDY_DEADLOCK', {
      message: `The scheduler or the strategy waits with ${count(state.trialsLeft, 'trial')} left although nothing is running.`,
      value: state.trialsLeft,
      place: { study: this.#ledger.log.name },
    })
  }

  #fillExecutor(): void {
    if (this.#ending !== undefined) return
    while (this.#queue.length > 0 && this.#running.size < this.#parts.executor.concurrency) {
      this.#launch(this.#queue.shift()!)
    }
  }

  #launch(flight: Flight): void {
    const { state } = this.#ledger
    const { trial, leg, attempt, budget, tags, from } = flight
    const { params } = state.trials[trial]!
    const { seed, objective, fullBudget } = state.spec
    const work: Leg = {
      kind: 'train',
      trial,
      leg,
      attempt,
      params,
      seed,
      objective,
      budget,
      fullBudget,
      tags,
      ...(from === undefined ? {} : { from }),
    }
    const handle = this.#parts.executor.run(work, this.#artifacts, (message) => this.#hear(flight, message))
    this.#running.set(trial, { flight, handle, measurements: [] })
    const arrive = (arrival: Arrival): void => {
      this.#arrivals.push(arrival)
      this.#wake()
    }
    handle.result.then(
      (result) => arrive({ flight, result }),
      (error: unknown) => arrive({ flight, error }),
    )
  }

  #hear(flight: Flight, message: LegMessage): void {
    switch (message.type) {
      case 'measured':
        this.#parts.observer.onMeasured?.(flight.trial, message.measurement)
        this.#askToInterrupt(flight, message.measurement)
        return
      case 'checkpointed': {
        this.#keepCheckpoint(flight, message.checkpoint)
        return
      }
      case 'noted':
        if (!this.#ledger.state.notes.includes(message.note)) {
          this.#ledger.record({ type: 'note', text: message.note })
        }
    }
  }

  /** A scheduler that interrupts may end a trial after any measured epoch. */
  #askToInterrupt(flight: Flight, measurement: Measurement): void {
    const { scheduler } = this.#parts
    const running = this.#running.get(flight.trial)
    if (scheduler.interrupt === undefined || running === undefined || running.stopReason !== undefined) return
    running.measurements.push(measurement)
    const { state } = this.#ledger
    const { objective, seed } = state.spec
    const { trial, leg } = flight
    const step = running.measurements.length
    const { interrupt } = scheduler
    const when = `it was asked whether trial ${trial} is to stop`
    const stop = askPlugin(scheduler, { when, place: { trial } }, () =>
      interrupt.call(scheduler, {
        history: state,
        objective,
        rng: deriveRng({ seed, trial, fold: leg, purpose: 'interrupt', step }),
        running: runningTrial(state.trials[trial]!, running.measurements, objective),
      }),
    )
    if (stop === undefined) return
    running.stopReason = stop.reason
    running.handle.interrupt()
  }

  /** The checkpoint before is of no more use once this one is in the log. */
  #keepCheckpoint(flight: Flight, checkpoint: ArtifactRef): void {
    const { trial, leg, from: former } = flight
    this.#ledger.record({ type: 'leg.checkpointed', trial, leg, checkpoint })
    if (former === undefined || former.name === checkpoint.name) return
    void this.#remove(former.name)
  }

  /** A leftover file does no harm, and the next session removes it: what can't be removed now is no reason to end the study. */
  async #remove(name: string): Promise<void> {
    await this.#artifacts.remove(name).catch((error: unknown) => {
      this.#parts.logger.warn({ artifact: name, error: String(error) }, 'artifact not removed')
    })
  }

  async #settle({ flight, result, error }: Arrival): Promise<void> {
    const running = this.#running.get(flight.trial)
    this.#running.delete(flight.trial)
    if (result === undefined) return this.#settleFailure(flight, error)
    const { trial, leg } = flight
    const { outcome, measurements, constant, checkpoint, model, summary } = result
    const stopReason = running?.stopReason
    if (outcome === 'interrupted' && stopReason === undefined) {
      if (checkpoint !== undefined) this.#keepCheckpoint(flight, checkpoint)
      return
    }
    const ended: LegOutcome = {
      type: 'leg.ended',
      trial,
      leg,
      ended: outcome === 'ended',
      ...(outcome === 'interrupted' ? { reached: reachedBy(measurements) } : {}),
      measurements,
      ...(constant === undefined ? {} : { constant }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(model === undefined ? {} : { model }),
      ...(summary === undefined ? {} : { summary }),
    }
    if (outcome !== 'interrupted' || stopReason === undefined) return this.#conclude(ended)
    const basis = { seen: this.#ledger.log.seq, time: this.#ledger.time }
    await this.#conclude(ended, { type: 'trial.stopped', trial, reason: stopReason, ...basis })
  }

  /** Where they take too much disk; the log comes first, so that none is looked for that is gone. */
  async #dropCheckpoints(): Promise<void> {
    for (const trial of checkpointsToDrop(this.#ledger.state, this.#parts.checkpointBytes)) {
      const { name } = trial.checkpoint!
      const { time } = this.#ledger
      this.#ledger.record({ type: 'checkpoint.dropped', trial: trial.number, time })
      await this.#remove(name)
    }
  }

  async #settleFailure(flight: Flight, error: unknown): Promise<void> {
    const { trial, leg } = flight
    const failure = asRondoError(error, 'RONDO_PLUGIN_FAILED', { trial })
    if (failure.scope !== 'trial') throw failure
    const cause = failure.code === 'RONDO_WORKER_LOST' ? 'worker' : 'params'
    if (cause === 'worker' && flight.workerDeaths === 0) {
      this.#parts.logger.warn(
        { trial, error: failure.toJSON() },
        'worker lost; trial goes on from its last checkpoint',
      )
      this.#restart(flight, 'worker')
      return
    }
    const { code, message } = failure
    this.#parts.logger.warn({ trial, error: failure.toJSON() }, 'trial failed')
    await this.#conclude({ type: 'leg.failed', trial, leg, failure: { cause, code, message } })
  }

  /** The best is safe before the result that made it the best is acted on. */
  async #conclude(outcome: LegOutcome, ...after: readonly StudyEvent[]): Promise<void> {
    const best = bestAfter(this.#ledger, outcome)
    const replaced = replacedArtifacts(this.#ledger, outcome)
    if (best !== undefined) await this.#artifacts.publish(best.model, 'best')
    this.#ledger.record(outcome, ...(best === undefined ? [] : [best]), ...after)
    for (const name of replaced) await this.#remove(name)
    await this.#dropCheckpoints()
    if (!this.#ledger.ordered) refuseHopelessStudy(this.#ledger)
  }

  /** A process that was killed leaves artifacts that its log does not speak of. */
  async #removeUnknownArtifacts(): Promise<void> {
    const kept = keptArtifacts(this.#ledger)
    for (const name of await this.#artifacts.list()) if (!kept.has(name)) await this.#remove(name)
  }

  #restartUnfinished(): void {
    for (const flight of this.#ledger.unfinished()) this.#restart(flight, 'session')
  }

  #restart(flight: Flight, cause: 'worker' | 'session'): void {
    const { trial, leg, attempt, from } = flight
    this.#ledger.record({
      type: 'leg.restarted',
      trial,
      leg,
      attempt: attempt + 1,
      cause,
      ...(from === undefined ? {} : { from }),
    })
    this.#queue.push(flight)
  }

  #startTimer(): ReturnType<typeof setTimeout> | undefined {
    const { timeMs } = this.#ledger.state.limits
    if (timeMs === undefined) return undefined
    const left = Math.max(0, timeMs - this.#ledger.workedMs(this.#parts.clock))
    if (left === 0) this.#end('time')
    return setTimeout(() => this.#end('time'), Math.min(left, 2 ** 31 - 1))
  }

  #end(reason: StopReason): void {
    if (this.#ending !== undefined) return
    this.#ending = reason
    for (const { handle } of this.#running.values()) handle.interrupt()
    this.#wake()
  }

  /** After an error: lets what runs come to an end, without recording it, so that nothing works on unseen. */
  async #abandon(): Promise<void> {
    this.#end('error')
    await Promise.allSettled([...this.#running.values()].map(({ handle }) => handle.result))
  }
}
