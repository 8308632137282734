import type { ArtifactRef } from '../contracts/artifacts.ts'
import { CLOCK, type Clock } from '../contracts/clock.ts'
import { EXECUTOR } from '../contracts/executor.ts'
import { LOGGER } from '../contracts/logger.ts'
import { SCHEDULER } from '../contracts/scheduler.ts'
import { SEARCH_STRATEGY } from '../contracts/search-strategy.ts'
import type { Leg, LegResult } from '../contracts/trainer.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Space } from '../space/space.ts'
import type { ComposedStudy } from './compose-study.ts'
import { StudyEngine } from './engine.ts'
import type { StopReason } from './events.ts'
import type { Ledger } from './ledger.ts'
import type { StudyObserver } from './observer.ts'
import type { Evaluation, StudyState } from './study-state.ts'
import type { TrialRecord } from './trial-record.ts'

interface StudyParts {
  readonly composed: ComposedStudy
  readonly ledger: Ledger
  readonly observer: StudyObserver
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
   * @throws RondoError of scope `study`.
   */
  async run(signal: AbortSignal = new AbortController().signal): Promise<StopReason> {
    const { composed, ledger, observer } = this.#parts
    const { composition, fingerprint } = composed
    const executor = composition.resolve(EXECUTOR)
    const scheduler = composition.resolve(SCHEDULER)
    const strategy = composition.resolve(SEARCH_STRATEGY)
    await composition.start(signal)
    await executor.prepare?.(ledger.state.spec)
    const engine = new StudyEngine({
      ledger,
      executor,
      scheduler,
      strategy,
      defaultTrial: ledger.state.spec.defaultTrial,
      clock: this.#clock,
      logger: composition.resolve(LOGGER),
      observer,
      environment: fingerprint.environment,
    })
    return engine.run(signal)
  }

  /**
   * Opens the test rows: scores the best trial, the untuned default and the baselines on them, and logs it.
   *
   * @throws RONDO_STUDY_NO_RESULT
   */
  async evaluate(signal: AbortSignal = new AbortController().signal): Promise<Evaluation> {
    const { composed, ledger } = this.#parts
    ledger.revealAll()
    const { trials } = ledger.state
    const winner = ledger.published === undefined ? undefined : trials[ledger.published.trial]
    if (winner?.model === undefined) {
      throw new RondoError('RONDO_STUDY_NO_RESULT', {
        message: `Study “${this.name}” has no trained model to evaluate.`,
        place: { study: this.name },
      })
    }
    await composed.composition.start(signal)
    await composed.composition.resolve(EXECUTOR).prepare?.(ledger.state.spec)
    const best = await this.#score(winner, winner.model, signal)
    const untuned = trials[0]
    const scoreUntuned = untuned?.origin === 'default' && untuned !== winner && untuned.model !== undefined
    const byDefault = scoreUntuned ? await this.#score(untuned, untuned.model!, signal) : undefined
    const summary: JsonObject = {
      ...best.summary,
      ...(byDefault === undefined
        ? {}
        : { default: { trial: untuned!.number, metrics: testMetrics(byDefault), ...byDefault.summary } }),
    }
    ledger.record({ type: 'study.evaluated', trial: winner.number, metrics: testMetrics(best), summary })
    return ledger.state.evaluations.at(-1)!
  }

  /** Ends everything composed and releases the log. */
  async dispose(): Promise<void> {
    try {
      await this.#parts.composed.composition.dispose()
    } finally {
      this.#parts.ledger.log.close()
    }
  }

  #score(trial: TrialRecord, model: ArtifactRef, signal: AbortSignal): Promise<LegResult> {
    const { composed, ledger } = this.#parts
    const { seed, objective, fullBudget } = ledger.state.spec
    const leg: Leg = {
      kind: 'evaluate',
      trial: trial.number,
      leg: trial.legs.length,
      attempt: 0,
      params: trial.params,
      seed,
      objective,
      budget: trial.reached,
      fullBudget,
      tags: {},
      from: model,
    }
    const handle = composed.composition.resolve(EXECUTOR).run(leg, ledger.log.artifacts, () => {})
    signal.addEventListener('abort', () => handle.interrupt(), { once: true })
    return handle.result
  }
}

function testMetrics(result: LegResult): Evaluation['metrics'] {
  return result.measurements.at(-1)?.metrics ?? {}
}
