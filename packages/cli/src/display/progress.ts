import type { LoggedEvent, Measurement, Objective, StudyObserver, StudyState, TrialState } from '@rondo/core'

/** What a display shows of an open study. */
export interface WatchedStudy {
  readonly name: string
  readonly state: StudyState
  /** Milliseconds, over all sessions. */
  readonly workedMs: number
}

/** A leg under way. */
export interface RunningTrial {
  readonly trial: number
  /** The last fold and epoch measured; 0 epochs before the first. */
  readonly fold: number
  readonly epoch: number
  /** How far the leg goes. */
  readonly epochs: number
  readonly folds: number
  readonly metrics: Measurement['metrics']
}

/** A study at one moment, as numbers. */
export interface Snapshot {
  readonly study: string
  readonly objective: Objective
  /** Trials of the search that are over. */
  readonly finished: number
  /** Trials that were trained by hand, which no limit counts. */
  readonly byHand?: number
  /** Those of them that failed. */
  readonly failed: number
  /** Trials that wait for their scheduler. */
  readonly paused: number
  /** How many of the search there are to be, where there is a limit. */
  readonly trials?: number
  readonly best?: {
    readonly trial: number
    readonly value: number
    readonly params: StudyState['trials'][number]['params']
  }
  /** By trial number. */
  readonly running: readonly RunningTrial[]
  readonly workedMs: number
  /** Until the first limit is reached, as far as can be told. */
  readonly leftMs?: number
}

/** Follows a study through its events and the measurements that are not in the log yet. */
export class Progress implements StudyObserver {
  readonly #running = new Map<number, RunningTrial>()
  #study: WatchedStudy | undefined
  /** Where this session began: what came before says nothing about the speed of these workers. */
  #finishedBefore = 0
  #workedBefore = 0

  attach(study: WatchedStudy): void {
    this.#study = study
    this.#finishedBefore = study.state.finished
    this.#workedBefore = study.workedMs
  }

  onEvent({ event }: LoggedEvent): void {
    switch (event.type) {
      case 'leg.started':
        this.#running.set(event.trial, {
          trial: event.trial,
          fold: 0,
          epoch: 0,
          ...event.budget,
          metrics: {},
        })
        return
      case 'leg.restarted': {
        const budget = this.#study?.state.trials[event.trial]?.legs.at(-1)?.budget
        if (budget !== undefined) {
          this.#running.set(event.trial, { trial: event.trial, fold: 0, epoch: 0, ...budget, metrics: {} })
        }
        return
      }
      case 'leg.ended':
      case 'leg.failed':
      case 'trial.stopped':
        this.#running.delete(event.trial)
    }
  }

  onMeasured(trial: number, { fold, epoch, metrics }: Measurement): void {
    const running = this.#running.get(trial)
    if (running !== undefined) this.#running.set(trial, { ...running, fold, epoch, metrics })
  }

  /** `undefined` before a study is attached. */
  snapshot(): Snapshot | undefined {
    if (this.#study === undefined) return undefined
    const { name, state, workedMs } = this.#study
    const { best, byHand, limits } = state
    const overByHand = state.trials.filter((trial) => trial.byHand && isOver(trial)).length
    const leftMs = this.#left(state, workedMs)
    return {
      study: name,
      objective: state.spec.objective,
      finished: state.finished - overByHand,
      ...(byHand > 0 ? { byHand } : {}),
      failed: countOf(state, 'failed'),
      paused: countOf(state, 'paused'),
      ...(limits.trials === undefined ? {} : { trials: limits.trials }),
      ...(best?.value === undefined
        ? {}
        : { best: { trial: best.number, value: best.value, params: best.params } }),
      running: [...this.#running.values()].sort((a, b) => a.trial - b.trial),
      workedMs,
      ...(leftMs === undefined ? {} : { leftMs }),
    }
  }

  #left({ finished, limits, trialLimit }: StudyState, workedMs: number): number | undefined {
    const estimates: number[] = []
    if (limits.timeMs !== undefined) estimates.push(Math.max(0, limits.timeMs - workedMs))
    const underWay = [...this.#running.values()].reduce((sum, running) => sum + shareOf(running), 0)
    const done = finished - this.#finishedBefore + underWay
    if (Number.isFinite(trialLimit) && finished > this.#finishedBefore) {
      const left = Math.max(0, trialLimit - finished - underWay)
      estimates.push(((workedMs - this.#workedBefore) / done) * left)
    }
    return estimates.length === 0 ? undefined : Math.min(...estimates)
  }
}

/** How much of its leg a running trial has done, 0 to 1. */
function shareOf({ fold, epoch, epochs, folds }: RunningTrial): number {
  return Math.min(1, (fold * epochs + epoch) / (epochs * folds))
}

const isOver = ({ state }: StudyState['trials'][number]): boolean =>
  state === 'completed' || state === 'stopped' || state === 'failed'

const countOf = ({ trials }: StudyState, wanted: TrialState): number =>
  trials.filter(({ state }) => state === wanted).length
