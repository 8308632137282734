import type { History } from '../contracts/history.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import type { StudyEvent } from './events.ts'
import { Ranking } from './ranking.ts'
import { standingAfter } from './standing.ts'
import type { StudyLimits, StudySpec } from './study-spec.ts'
import { TrialRecord } from './trial-record.ts'

/** One time that the test rows were opened. */
export interface Evaluation {
  readonly trial: number
  readonly metrics: { readonly [name: string]: number }
  readonly summary?: JsonObject
}

/** A model of a trial that was trained on all development rows. */
export type RefitRecord = Omit<Extract<StudyEvent, { readonly type: 'trial.refitted' }>, 'type'>

/** The state of a study: a fold over its events. It is the history that strategies and schedulers see. */
export class StudyState implements History {
  readonly spec: StudySpec
  readonly space: Space
  limits: StudyLimits
  readonly trials: TrialRecord[] = []
  readonly ranking: Ranking
  best?: TrialRecord
  /** Finished trials of the search since the best value last improved. */
  trialsSinceBest = 0
  /** Trials that no leg will work on again, unless a scheduler resumes them. */
  finished = 0
  readonly enqueued: Params[] = []
  /** How many of {@link StudyState.enqueued} have become trials. */
  dequeued = 0
  /** Trials that were trained by hand; no limit counts them. */
  byHand = 0
  /** Decisions made so far: their number addresses the scheduler's randomness. */
  decisions = 0
  /** Whether the strategy has said in this session that it has nothing more to suggest. */
  exhausted = false
  /** The trial of the untuned default. */
  untuned?: TrialRecord
  readonly refits: RefitRecord[] = []
  readonly evaluations: Evaluation[] = []
  readonly notes: string[] = []
  readonly #keys = new Set<string>()
  /** The number of trials at which this session ends, whatever the limits; where it has such a number. */
  #sessionEnd: number | undefined

  constructor(spec: StudySpec, space: Space) {
    this.spec = spec
    this.space = space
    this.limits = spec.limits
    this.ranking = new Ranking(spec.objective)
  }

  get fullBudget(): History['fullBudget'] {
    return this.spec.fullBudget
  }

  get trialLimit(): number {
    return this.limits.trials === undefined ? Number.POSITIVE_INFINITY : this.limits.trials + this.byHand
  }

  get outOfPatience(): boolean {
    return this.trialsSinceBest >= (this.limits.patience ?? Number.POSITIVE_INFINITY)
  }

  /** Lets this session start so many trials, whatever the study's limits; without a number these hold again. */
  limitSession(trials?: number): void {
    this.#sessionEnd = trials === undefined ? undefined : this.trials.length + trials
  }

  /** Whether the session was given a number of trials of its own. */
  get sessionIsLimited(): boolean {
    return this.#sessionEnd !== undefined
  }

  get trialsLeft(): number {
    if (this.#sessionEnd !== undefined) return Math.max(0, this.#sessionEnd - this.trials.length)
    return this.outOfPatience || this.exhausted ? 0 : Math.max(0, this.trialLimit - this.trials.length)
  }

  hasTried(params: Params): boolean {
    return this.#keys.has(this.space.keyOf(params))
  }

  apply(event: StudyEvent): void {
    switch (event.type) {
      case 'study.amended':
        this.limits = event.limits
        return
      case 'params.enqueued':
        this.enqueued.push(event.params)
        return
      case 'trial.suggested':
        this.trials.push(new TrialRecord(event))
        this.#keys.add(this.space.keyOf(event.params))
        if (event.origin === 'enqueued') this.dequeued++
        if (event.origin === 'default') this.untuned = this.trials.at(-1)!
        return
      case 'leg.started':
        this.decisions++
        this.#trial(event.trial).legStarted(event)
        if (event.leg === 0 && this.#trial(event.trial).byHand) this.byHand++
        return
      case 'leg.ended':
        this.#legEnded(event)
        return
      case 'leg.failed':
        this.#trial(event.trial).legFailed(event)
        this.#countFinished(this.#trial(event.trial))
        return
      case 'checkpoint.dropped':
        this.#trial(event.trial).checkpointDropped()
        return
      case 'trial.stopped':
        this.decisions++
        this.#trial(event.trial).stopped(event)
        this.#countFinished(this.#trial(event.trial))
        return
      case 'trial.refitted':
        this.refits.push(event)
        return
      case 'note':
        this.notes.push(event.text)
        return
      case 'study.evaluated':
        this.evaluations.push(event)
        return
    }
  }

  #legEnded(event: Extract<StudyEvent, { readonly type: 'leg.ended' }>): void {
    const trial = this.#trial(event.trial)
    const { objective } = this.spec
    const { leader: before } = this.ranking
    const standing = standingAfter(trial, event, this.spec)
    if (standing !== undefined) this.ranking.record(this.space.keyOf(trial.params), standing)
    trial.legEnded(event, objective, this.fullBudget)
    const { leader } = this.ranking
    if (leader !== undefined) this.best = this.trials[leader.trial]!
    const improves = before?.trial !== trial.number && this.best === trial
    if (improves) this.trialsSinceBest = 0
    if (trial.state === 'completed') this.#countFinished(trial, improves)
  }

  /** A trial by hand that is no better says nothing about how long the search has found nothing. */
  #countFinished({ byHand }: TrialRecord, improved = false): void {
    this.finished++
    if (!improved && !byHand) this.trialsSinceBest++
  }

  #trial(number: number): TrialRecord {
    const trial = this.trials[number]
    if (trial !== undefined) return trial
    throw new RondoError('RONDO_STORE_DAMAGED', {
      message: `The log speaks of trial ${number}, which was never suggested.`,
      value: number,
      place: { trial: number },
    })
  }
}
