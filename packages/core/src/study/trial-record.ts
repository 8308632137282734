import type { ArtifactRef } from '../contracts/artifacts.ts'
import { type Budget, covers } from '../contracts/budget.ts'
import type {
  CurvePoint,
  LegView,
  Tags,
  TrialFailure,
  TrialOrigin,
  TrialState,
  TrialView,
} from '../contracts/history.ts'
import type { Objective } from '../contracts/objective.ts'
import type { Json } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import { BY_USER } from './by-user.ts'
import type { StudyEvent } from './events.ts'
import { trialValue } from './trial-value.ts'

type EventOf<T extends StudyEvent['type']> = Extract<StudyEvent, { readonly type: T }>

interface LegRecord extends LegView {
  readonly budget: Budget
  readonly tags: Tags
  state: LegView['state']
}

/** A trial's state, changed by its events; strategies and schedulers see it as a {@link TrialView}. */
export class TrialRecord implements TrialView {
  readonly number: number
  readonly params: Params
  readonly origin: TrialOrigin
  readonly memo?: Json
  readonly replicateOf?: number
  state: TrialState = 'queued'
  readonly legs: LegRecord[] = []
  reached: Budget = { epochs: 0, folds: 0 }
  curve: readonly CurvePoint[] = []
  value?: number
  bestEpoch?: number
  constant?: number
  failure?: TrialFailure
  stopReason?: string
  /** Whether its scheduler ended the last leg in its midst. */
  interrupted = false
  /** Where the next leg goes on. */
  checkpoint?: ArtifactRef
  /** A directory that can become `best/`. */
  model?: ArtifactRef

  constructor(event: EventOf<'trial.suggested'>) {
    this.number = event.trial
    this.params = event.params
    this.origin = event.origin
    if (event.memo !== undefined) this.memo = event.memo
    if (event.replicateOf !== undefined) this.replicateOf = event.replicateOf
  }

  /** Whether a user trained it by itself, past the scheduler and the limits of the study. */
  get byHand(): boolean {
    return this.legs[0]?.tags.by === BY_USER.by
  }

  legStarted(event: EventOf<'leg.started'>): void {
    this.legs.push({ budget: event.budget, tags: event.tags, state: 'running' })
    this.state = 'running'
  }

  legEnded(event: EventOf<'leg.ended'>, objective: Objective, fullBudget: Budget): void {
    const leg = this.legs[event.leg]!
    leg.state = 'done'
    this.reached = event.reached ?? leg.budget
    this.interrupted = event.reached !== undefined
    this.curve = curveAfter(this, event, objective)
    const best = trialValue(objective, this.curve)
    if (best !== undefined) {
      this.value = best.value
      this.bestEpoch = best.epoch
    }
    const constant = event.constant?.[objective.metric]
    if (constant !== undefined && Number.isFinite(constant)) this.constant = constant
    if (event.checkpoint !== undefined) this.checkpoint = event.checkpoint
    if (event.model !== undefined) this.model = event.model
    this.state = event.ended || covers(this.reached, fullBudget) ? 'completed' : 'paused'
  }

  legFailed(event: EventOf<'leg.failed'>): void {
    this.legs[event.leg]!.state = 'failed'
    this.failure = event.failure
    this.state = 'failed'
  }

  checkpointDropped(): void {
    delete this.checkpoint
  }

  stopped(event: EventOf<'trial.stopped'>): void {
    this.state = 'stopped'
    this.stopReason = event.reason
  }
}

/**
 * A trial's curve with a leg's measurements added. They replace those of the same fold and epoch, which a leg on more
 * folds may measure again.
 */
export function curveAfter(
  trial: TrialView,
  { measurements }: Pick<EventOf<'leg.ended'>, 'measurements'>,
  objective: Objective,
): readonly CurvePoint[] {
  const before = trial.curve
  const after = measurements.map(({ fold, epoch, metrics }) => {
    const pooled = metrics[`pooled_${objective.metric}`]
    const value = metrics[objective.metric] ?? Number.NaN
    return { fold, epoch, value, ...(pooled !== undefined && { pooled }) }
  })
  if (before.length === 0) return after
  const fresh = new Set(after.map((point) => `${point.fold}/${point.epoch}`))
  const kept = before.filter((point) => !fresh.has(`${point.fold}/${point.epoch}`))
  return [...kept, ...after].sort((a, b) => a.fold - b.fold || a.epoch - b.epoch)
}
