import { type Budget, covers } from '../contracts/budget.ts'
import { CLOCK, type Clock } from '../contracts/clock.ts'
import type { Dataset } from '../contracts/dataset.ts'
import { EXECUTOR, type Executor } from '../contracts/executor.ts'
import { LOGGER } from '../contracts/logger.ts'
import type { PriorMean } from '../contracts/prior-mean.ts'
import { SCHEDULER } from '../contracts/scheduler.ts'
import { SEARCH_STRATEGY } from '../contracts/search-strategy.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Space } from '../space/space.ts'
import { count } from '../words/count.ts'
import { BY_USER } from './by-user.ts'
import type { ComposedStudy } from './compose-study.ts'
import { StudyEngine } from './engine.ts'
import type { StopReason } from './events.ts'
import { finishStudy, type Incumbent } from './finish-study.ts'
import type { Ledger } from './ledger.ts'
import type { StudyObserver } from './observer.ts'
import type { Evaluation, StudyState } from './study-state.ts'

interface StudyParts {
  readonly composed: ComposedStudy
  readonly ledger: Ledger
  readonly observer: StudyObserver
  /** Where the config lies, and what the command line changed of it: for workers. */
  readonly module?: string
  readonly overrides: JsonObject
  readonly updatesPerEpoch?: (params: Params) => number
  readonly priorMean?: PriorMean
  readonly checkpointBytes: number
}

/** A study that is open for writing. */
export class Study {
  readonly #parts: StudyParts
  readonly #clock: Clock

  constructor(parts: StudyParts) {
    this.#parts = parts
    this.#clock = parts.composed.composition.resolve(CLOCK)
  }

  get name(): string {
    return this.#parts.ledger.log.name
  }

  /** The data, where the study has some. */
  get dataset(): Dataset | undefined {
    return this.#parts.composed.dataset
  }

  get space(): Space {
    return this.#parts.composed.space
  }

  /** What strategy and scheduler see; in an `ordered` study without results whose virtual time has not come. */
  get state(): StudyState {
    return this.#parts.ledger.state
  }

  /** Milliseconds worked on the study, over all sessions. */
  get workedMs(): number {
    return this.#parts.ledger.workedMs(this.#clock)
  }

  /**
   * Works until a limit is reached, nothing is left to do, or `signal` is aborted; running legs then write a
   * checkpoint and end. May be called again.
   *
   * @param session `trials`: starts so many by hand, enqueued ones first; the study's limits neither hold for them nor
   *   count them.
   * @throws RondoError of scope `study`.
   */
  async run(
    signal: AbortSignal = new AbortController().signal,
    session: { readonly trials?: number } = {},
  ): Promise<StopReason> {
    const { composed, ledger, observer, updatesPerEpoch, priorMean, checkpointBytes } = this.#parts
    const { composition, fingerprint } = composed
    const scheduler = composition.resolve(SCHEDULER)
    const strategy = composition.resolve(SEARCH_STRATEGY)
    const executor = await this.#startExecutor(signal)
    ledger.state.limitSession(session.trials)
    const engine = new StudyEngine({
      ledger,
      executor,
      scheduler,
      strategy,
      defaultTrial: ledger.state.spec.defaultTrial,
      ...(updatesPerEpoch && { updatesPerEpoch }),
      ...(priorMean && { priorMean }),
      checkpointBytes,
      clock: this.#clock,
      logger: composition.resolve(LOGGER),
      observer,
      environment: fingerprint.environment,
    })
    return engine.run(signal)
  }

  /**
   * Trains the best trial again on all development rows, opens the test rows, scores it, the untuned default and the
   * baselines on them, and logs it.
   *
   * @param refits Models of the best trial to train, each with a seed of its own; `best/` shows the first, the others
   *   tell the spread. 0 scores the model of the first fold.
   * @param incumbent A model from elsewhere to compare with; its score is `incumbent` in the evaluation's summary.
   * @throws RONDO_STUDY_NO_RESULT, RONDO_INTERRUPTED
   */
  async evaluate(
    signal: AbortSignal = new AbortController().signal,
    refits = 3,
    incumbent?: Incumbent,
  ): Promise<Evaluation> {
    const { ledger, observer } = this.#parts
    const executor = await this.#startExecutor(signal)
    return finishStudy({ ledger, observer, signal, refits, executor, ...(incumbent && { incumbent }) })
  }

  /** Adds params to be tried before the strategy's. @throws RONDO_PARAMS_INVALID */
  enqueue(params: Params): void {
    const { ledger, composed } = this.#parts
    composed.space.validate(params)
    ledger.record({ type: 'params.enqueued', params })
  }

  /**
   * Takes a finished or paused trial further, up to `budget`, from its last checkpoint (from its params where that was
   * dropped to save disk); {@link Study.run} then works on it first.
   *
   * @throws RONDO_STUDY_NO_TRIAL, or RONDO_OPTION_INVALID where it cannot go on or has come so far already.
   */
  extend(trial: number, budget: Budget): void {
    const { ledger } = this.#parts
    const record = ledger.state.trials[trial]
    const place = { study: this.name, trial }
    if (record === undefined) {
      throw new RondoError('RONDO_STUDY_NO_TRIAL', {
        message: `Study “${this.name}” has no trial ${trial}; it has ${ledger.state.trials.length}.`,
        value: trial,
        place,
      })
    }
    if (record.reached.epochs === 0 || record.state === 'failed' || record.state === 'running') {
      throw new RondoError('RONDO_OPTION_INVALID', {
        message: `Trial ${trial} is ${record.state} and cannot be taken further.`,
        value: trial,
        place,
        remedy: 'Take a trial that has completed, paused or been stopped.',
      })
    }
    if (covers(record.reached, budget)) {
      throw new RondoError('RONDO_OPTION_INVALID', {
        message: `Trial ${trial} has ${count(record.reached.epochs, 'epoch')} on ${count(record.reached.folds, 'fold')} already.`,
        value: { ...budget },
        place,
        remedy: 'Give more epochs or folds.',
      })
    }
    const basis = { seen: ledger.log.seq, time: ledger.time }
    const leg = record.legs.length
    const from = record.checkpoint === undefined ? {} : { from: record.checkpoint }
    ledger.record({ type: 'leg.started', trial, leg, budget, tags: BY_USER, ...from, ...basis })
  }

  /** Ends everything composed and releases the log. */
  async dispose(): Promise<void> {
    try {
      await this.#parts.composed.composition.dispose()
    } finally {
      this.#parts.ledger.log.close()
    }
  }

  async #startExecutor(signal: AbortSignal): Promise<Executor> {
    const { composed, ledger, module, overrides } = this.#parts
    const executor = composed.composition.resolve(EXECUTOR)
    await composed.composition.start(signal)
    // Where the config lies now, not where it lay when the study was begun.
    const { module: _, ...spec } = ledger.state.spec
    await executor.prepare?.({ ...spec, overrides, ...(module === undefined ? {} : { module }) })
    return executor
  }
}
