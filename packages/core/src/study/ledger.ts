import type { ArtifactRef } from '../contracts/artifacts.ts'
import type { Clock } from '../contracts/clock.ts'
import type { LoggedEvent, StudyLog } from '../contracts/store.ts'
import { RondoError } from '../errors/rondo-error.ts'
import { spaceFromJson } from '../space/from-json.ts'
import type { Space } from '../space/space.ts'
import type { StopReason, StudyEvent } from './events.ts'
import { byArrival, type Flight, type LegOutcome } from './flight.ts'
import { type Leader, Ranking } from './ranking.ts'
import { standingAfter } from './standing.ts'
import type { StudySpec } from './study-spec.ts'
import { StudyState } from './study-state.ts'

/** The trial whose model `best/` shows, and what it was ranked by. */
export interface PublishedBest {
  readonly trial: number
  readonly value: number
  readonly folds: number
  readonly model: ArtifactRef
}

/**
 * A study's log together with what follows from it: the visible state, the legs in flight, the virtual time and the
 * time worked. Everything here is a function of the events; to resume is to read them.
 */
export class Ledger {
  readonly log: StudyLog
  readonly state: StudyState
  readonly flights = new Map<number, Flight>()
  /** Virtual time in epochs × folds; stays 0 in a study that is not ordered. */
  time = 0
  published?: PublishedBest
  /** Why the last session ended; absent where it was killed, or is under way. */
  ended?: StopReason
  /** Of every result in the log, visible or not: `best/` does not wait for virtual time. */
  readonly #arrived: Ranking
  /** Milliseconds that closed sessions worked. */
  #workedMs = 0
  #sessionStart: number | undefined
  #lastAt = 0
  #starts = 0
  readonly #onEvent: (logged: LoggedEvent) => void

  private constructor(log: StudyLog, state: StudyState, onEvent: (logged: LoggedEvent) => void) {
    this.log = log
    this.state = state
    this.#onEvent = onEvent
    this.#arrived = this.ordered ? new Ranking(state.spec.objective) : state.ranking
  }

  /** Begins a new log with the study's spec. */
  static create(
    log: StudyLog,
    spec: StudySpec,
    onEvent: (logged: LoggedEvent) => void = () => {},
    space?: Space,
  ): Ledger {
    log.append([{ type: 'study.created', spec }], 0)
    return Ledger.read(log, onEvent, space)
  }

  /** Rebuilds everything from the log. @throws RONDO_STORE_DAMAGED when it does not begin with the study's spec. */
  static read(log: StudyLog, onEvent: (logged: LoggedEvent) => void = () => {}, space?: Space): Ledger {
    let ledger: Ledger | undefined
    for (const logged of log.read()) {
      if (ledger === undefined) ledger = Ledger.begin(log, logged, onEvent, space)
      else ledger.ingest(logged)
    }
    return ledger ?? headless(log)
  }

  /** The state after the first event of a log. @throws RONDO_STORE_DAMAGED when that is not the study's spec. */
  static begin(
    log: StudyLog,
    { event, at }: LoggedEvent,
    onEvent: (logged: LoggedEvent) => void = () => {},
    space?: Space,
  ): Ledger {
    if (event.type !== 'study.created') return headless(log)
    const { spec } = event
    const state = new StudyState(spec, space ?? spaceFromJson(spec.fingerprint.space))
    const ledger = new Ledger(log, state, onEvent)
    ledger.#lastAt = at
    return ledger
  }

  get ordered(): boolean {
    return this.state.spec.ordered !== undefined
  }

  /** Milliseconds worked on the study until now, over all sessions. */
  workedMs(clock?: Clock): number {
    if (this.#sessionStart === undefined) return this.#workedMs
    return this.#workedMs + ((clock?.now() ?? this.#lastAt) - this.#sessionStart)
  }

  /** Appends events durably, then lets them take effect. */
  record(...events: readonly StudyEvent[]): void {
    const before = this.log.seq
    this.log.append(events, before)
    for (const logged of this.log.read(before)) {
      this.ingest(logged)
      this.#onEvent(logged)
    }
  }

  /** The configuration that will rank first, of all results in the log, once `outcome` is there. */
  leaderAfter(outcome: LegOutcome): Leader | undefined {
    const { trials, space, spec } = this.state
    const trial = trials[outcome.trial]!
    const standing = standingAfter(trial, outcome, spec)
    return standing && this.#arrived.leaderAfter(space.keyOf(trial.params), standing)
  }

  /** Flights whose result is not in the log, by start. */
  unfinished(): readonly Flight[] {
    return [...this.flights.values()].filter((flight) => flight.outcome === undefined)
  }

  /** The virtual time of the next result to become visible; `undefined` with no leg in flight. */
  nextArrival(): number | undefined {
    let next: number | undefined
    for (const { arrives } of this.flights.values()) if (next === undefined || arrives < next) next = arrives
    return next
  }

  /** Whether every result due by `time` is in the log. */
  hasArrivedBy(time: number): boolean {
    for (const { arrives, outcome } of this.flights.values()) {
      if (arrives <= time && outcome === undefined) return false
    }
    return true
  }

  /** Moves virtual time on, making visible what is due, in the order of virtual time. */
  advance(time: number): void {
    const due = [...this.flights.values()].filter((flight) => flight.arrives <= time).sort(byArrival)
    for (const flight of due) {
      if (flight.outcome === undefined) {
        throw new RondoError('RONDO_STORE_DAMAGED', {
          message: `Trial ${flight.trial} has no result although a later decision was based on it.`,
          place: { study: this.log.name, trial: flight.trial },
        })
      }
      this.#land(flight, flight.outcome)
    }
    this.time = Math.max(this.time, time)
  }

  /** Makes every result of the log visible, whatever its virtual time: for people who look at a study. */
  revealAll(): this {
    for (const flight of [...this.flights.values()].sort(byArrival)) {
      if (flight.outcome !== undefined) this.#land(flight, flight.outcome)
    }
    return this
  }

  /** Keeps a result until its virtual time comes. */
  #hold(flight: Flight, outcome: LegOutcome): void {
    flight.outcome = outcome
    const { trials, space, spec } = this.state
    const trial = trials[outcome.trial]!
    const standing = standingAfter(trial, outcome, spec)
    if (standing !== undefined) this.#arrived.record(space.keyOf(trial.params), standing)
  }

  #land(flight: Flight, outcome: LegOutcome): void {
    this.flights.delete(flight.trial)
    this.state.apply(outcome)
  }

  /** Lets one event of the log take effect. */
  ingest({ event, at }: LoggedEvent): void {
    this.#keepTime(event, at)
    if ('time' in event && event.time > this.time) this.advance(event.time)
    switch (event.type) {
      case 'leg.started':
        this.#takeOff(event)
        break
      case 'leg.restarted': {
        const flight = this.#flight(event.trial)
        flight.attempt = event.attempt
        if (event.cause === 'worker') flight.workerDeaths++
        return
      }
      case 'leg.checkpointed':
        this.#flight(event.trial).from = event.checkpoint
        return
      case 'leg.ended':
      case 'leg.failed': {
        const flight = this.#flight(event.trial)
        if (this.ordered) this.#hold(flight, event)
        else this.#land(flight, event)
        return
      }
      case 'best.published':
        this.published = event
        return
    }
    this.state.apply(event)
  }

  #takeOff(event: Extract<StudyEvent, { readonly type: 'leg.started' }>): void {
    const { trial, leg, budget, tags, from } = event
    const { reached } = this.state.trials[trial] ?? { reached: { epochs: 0, folds: 0 } }
    const cost = Math.max(1, budget.epochs * budget.folds - reached.epochs * reached.folds)
    this.flights.set(trial, {
      trial,
      leg,
      budget,
      tags,
      order: this.#starts++,
      arrives: this.time + cost,
      ...(from === undefined ? {} : { from }),
      attempt: 0,
      workerDeaths: 0,
    })
  }

  #keepTime(event: StudyEvent, at: number): void {
    if (event.type === 'session.opened') {
      // A session that was killed has no end in the log: what it wrote last is its end.
      this.#endSession()
      this.#sessionStart = at
      delete this.ended
    }
    this.#lastAt = Math.max(this.#lastAt, at)
    if (event.type === 'session.closed') {
      this.#endSession()
      this.ended = event.reason
    }
  }

  #endSession(): void {
    if (this.#sessionStart !== undefined) this.#workedMs += Math.max(0, this.#lastAt - this.#sessionStart)
    this.#sessionStart = undefined
  }

  #flight(trial: number): Flight {
    const flight = this.flights.get(trial)
    if (flight !== undefined) return flight
    throw new RondoError('RONDO_STORE_DAMAGED', {
      message: `The log has a result of trial ${trial}, of which no leg is running.`,
      place: { study: this.log.name, trial },
    })
  }
}

function headless(log: StudyLog): never {
  throw new RondoError('RONDO_STORE_DAMAGED', {
    message: `The log of study “${log.name}” does not begin with its description.`,
    place: { study: log.name },
  })
}
