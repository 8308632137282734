import type { ArtifactFiles, ArtifactRef } from '../contracts/artifacts.ts'
import type { Executor } from '../contracts/executor.ts'
import type { Leg, LegResult, Measurement, Rival, RivalScore } from '../contracts/trainer.ts'
import { asRondoError, RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Params } from '../space/hyperparameter.ts'
import type { Ledger } from './ledger.ts'
import type { StudyObserver } from './observer.ts'
import type { Evaluation } from './study-state.ts'
import type { TrialRecord } from './trial-record.ts'

/** What {@link finishStudy} works with. */
export interface FinishParts {
  readonly ledger: Ledger
  readonly executor: Executor
  readonly observer: StudyObserver
  readonly signal: AbortSignal
  /** Models of the winner to train on all development rows, each with a seed of its own; 0: the fold's is scored. */
  readonly refits: number
  readonly incumbent?: Incumbent
}

/** A model from elsewhere that the winner is to be compared with: the one in use, say. */
export interface Incumbent {
  readonly params: Params
  /** As in `best/`. */
  readonly files: ArtifactFiles
}

/**
 * Trains the winner again on all development rows (the first of its models is what `best/` then shows), opens the test
 * rows once, scores these models, the untuned default and the baselines on them together, and logs it. What was trained
 * before an interruption is not trained again.
 *
 * @throws RONDO_STUDY_NO_RESULT
 */
export async function finishStudy(parts: FinishParts): Promise<Evaluation> {
  const { ledger, refits, incumbent } = parts
  const { state, published } = ledger.revealAll()
  const winner = published === undefined ? undefined : state.trials[published.trial]
  if (published === undefined || winner?.model === undefined) {
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: `Study “${ledger.log.name}” has no trained model to evaluate.`,
      place: { study: ledger.log.name },
    })
  }
  // The untuned default is given what the winner is given: one refit.
  const untuned = state.untuned?.model === undefined || state.untuned === winner ? undefined : state.untuned
  await refit(parts, [
    ...Array.from({ length: refits }, (_, replica) => ({ trial: winner, replica })),
    ...(untuned === undefined || refits === 0 ? [] : [{ trial: untuned, replica: 0 }]),
  ])
  const models = modelsOf(ledger, winner, refits)
  await publish(ledger, models[0]!)
  const rivals = [
    ...models.slice(1).map((model) => ({ params: winner.params, model })),
    ...(untuned === undefined ? [] : [rivalOf(ledger, untuned, refits)]),
    ...(incumbent === undefined ? [] : [await broughtIn(ledger, incumbent)]),
  ]
  const result = await run(parts, winner, {
    kind: 'evaluate',
    budget: winner.reached,
    from: models[0]!,
    rivals,
  }).finally(() => ledger.log.artifacts.remove(INCUMBENT))
  const metrics = testMetrics(result)
  const scores = result.rivals ?? []
  const others = scores.slice(0, models.length - 1).map((score) => score.metrics)
  const untunedScore = untuned && scores[models.length - 1]
  const incumbentScore = incumbent && scores.at(-1)
  const summary: JsonObject = {
    ...result.summary,
    ...(refits === 0 ? {} : { refits: [metrics, ...others] }),
    ...(untuned && untunedScore && { default: { trial: untuned.number, ...scoreJson(untunedScore) } }),
    ...(incumbentScore && { incumbent: scoreJson(incumbentScore) }),
  }
  ledger.record({ type: 'study.evaluated', trial: winner.number, metrics, summary })
  return state.evaluations.at(-1)!
}

/** The untuned default as it is given what the winner is given: one last training. */
function rivalOf(ledger: Ledger, untuned: TrialRecord, refits: number): Rival {
  return { params: untuned.params, model: modelsOf(ledger, untuned, Math.min(1, refits))[0]! }
}

/** The artifact of a model from elsewhere; the study has no use for it once it is scored. */
const INCUMBENT = 'incumbent'

/** Workers read models from the study's own artifacts. */
async function broughtIn(ledger: Ledger, { params, files }: Incumbent): Promise<Rival> {
  return { params, model: await ledger.log.artifacts.write(INCUMBENT, files) }
}

const scoreJson = ({ metrics, difference }: RivalScore): JsonObject => ({
  metrics,
  ...(difference && { difference: { ...difference } }),
})

interface RefitWork {
  readonly trial: TrialRecord
  readonly replica: number
}

/** Trains what the log does not have yet, as many at a time as the executor takes. */
async function refit(parts: FinishParts, work: readonly RefitWork[]): Promise<void> {
  const { ledger, executor } = parts
  const left = work.filter(({ trial, replica }) => refitOf(ledger, trial, replica) === undefined)
  const next = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await refitOne(parts, one)
  }
  const workers = Array.from({ length: Math.min(executor.concurrency, left.length) }, next)
  // All come to their end before an error is passed on, so that nothing works on unseen.
  for (const ended of await Promise.allSettled(workers)) if (ended.status === 'rejected') throw ended.reason
}

async function refitOne(parts: FinishParts, { trial, replica }: RefitWork): Promise<void> {
  const { ledger } = parts
  const learningRates = ratesOf(ledger, trial.number, 'learningRate')
  const dropoutRates = ratesOf(ledger, trial.number, 'dropout')
  const { model, summary } = await run(parts, trial, {
    kind: 'refit',
    budget: { epochs: trial.bestEpoch ?? trial.reached.epochs, folds: 1 },
    refit: {
      replica,
      ...(learningRates && { learningRates }),
      ...(dropoutRates && { dropoutRates }),
      ...(trial.model && { model: trial.model }),
    },
  })
  if (model === undefined) {
    throw new RondoError('RONDO_PLUGIN_FAILED', {
      message: `The trainer came to no model when it trained trial ${trial.number} again.`,
      place: { study: ledger.log.name, trial: trial.number },
    })
  }
  const event = { type: 'trial.refitted', trial: trial.number, replica, model } as const
  ledger.record({ ...event, ...(summary === undefined ? {} : { summary }) })
}

const refitOf = (ledger: Ledger, trial: TrialRecord, replica: number): ArtifactRef | undefined =>
  ledger.state.refits.find((done) => done.trial === trial.number && done.replica === replica)?.model

/** The models to be scored, the one that is shipped first: those of the last training, else the first fold's. */
function modelsOf(ledger: Ledger, trial: TrialRecord, refits: number): readonly ArtifactRef[] {
  if (refits === 0) return [trial.model!]
  return Array.from({ length: refits }, (_, replica) => refitOf(ledger, trial, replica)!)
}

/** `best/` shows this model from now on; what the trial is ranked by stays. */
async function publish(ledger: Ledger, model: ArtifactRef): Promise<void> {
  const { published } = ledger
  if (published === undefined || published.model.sha256 === model.sha256) return
  await ledger.log.artifacts.publish(model, 'best')
  const { trial, value, folds } = published
  ledger.record({ type: 'best.published', trial, value, folds, model })
}

type FinishWork = Pick<Leg, 'kind' | 'budget' | 'from' | 'refit' | 'rivals'>

/** Runs a leg of `finish`; as in the search, one that lost its worker is begun again once. */
async function run(parts: FinishParts, trial: TrialRecord, work: FinishWork): Promise<LegResult> {
  try {
    return await runOnce(parts, trial, work, 0)
  } catch (error) {
    if (asRondoError(error, 'RONDO_INTERNAL').code !== 'RONDO_WORKER_LOST') throw error
    return runOnce(parts, trial, work, 1)
  }
}

async function runOnce(
  { ledger, executor, observer, signal }: FinishParts,
  trial: TrialRecord,
  work: FinishWork,
  attempt: number,
): Promise<LegResult> {
  const { seed, objective, fullBudget } = ledger.state.spec
  const { number, params, legs } = trial
  const leg: Leg = {
    trial: number,
    leg: legs.length,
    attempt,
    params,
    seed,
    objective,
    fullBudget,
    tags: {},
    ...work,
  }
  const handle = executor.run(leg, ledger.log.artifacts, (message) => {
    if (message.type === 'measured') observer.onMeasured?.(number, message.measurement)
  })
  const interrupt = (): void => handle.interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  try {
    const result = await handle.result
    if (result.outcome !== 'interrupted') return result
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
  throw new RondoError('RONDO_INTERRUPTED', {
    message: `The ${work.kind === 'refit' ? 'last training' : 'evaluation'} was interrupted.`,
    place: { study: ledger.log.name, trial: number },
  })
}

/** What a trial's first fold measured under `name`, by epoch; `undefined` where some epoch did not. */
function ratesOf(ledger: Ledger, trial: number, name: string): readonly number[] | undefined {
  const rates: number[] = []
  const note = ({ fold, epoch, metrics }: Measurement): void => {
    if (fold === 0) rates[epoch - 1] = metrics[name] ?? Number.NaN
  }
  for (const { event } of ledger.log.read()) {
    if (event.type === 'leg.ended' && event.trial === trial) event.measurements.forEach(note)
  }
  return rates.length > 0 && rates.every(Number.isFinite) ? rates : undefined
}

const testMetrics = (result: LegResult): Evaluation['metrics'] => result.measurements.at(-1)?.metrics ?? {}
