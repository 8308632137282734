import type { Dataset } from '../contracts/dataset.ts'
import { SCHEDULER } from '../contracts/scheduler.ts'
import { SEARCH_STRATEGY } from '../contracts/search-strategy.ts'
import { type LoggedEvent, STORE, type Store, type StudyLog } from '../contracts/store.ts'
import type { RondoError } from '../errors/rondo-error.ts'
import type { JsonObject } from '../json.ts'
import type { Space } from '../space/space.ts'
import { refuseEpochsTwice, requireEnqueued } from './check-config.ts'
import { CHECKPOINT_MB } from './checkpoints-to-drop.ts'
import { requireSameStudy } from './compare-specs.ts'
import { type ComposedStudy, composeStudy } from './compose-study.ts'
import type { StudyConfig } from './config.ts'
import { Ledger } from './ledger.ts'
import type { StudyObserver } from './observer.ts'
import { priorMeanOf } from './prior-mean-of.ts'
import { Study } from './study.ts'
import type { DataAtBeginning, StudyLimits, StudySpec } from './study-spec.ts'
import { updatesPerEpochOf } from './updates-per-epoch.ts'
import { type Verification, verifyLedger } from './verify.ts'
import { warmStartParams } from './warm-start.ts'

/** What is known of a study besides its config. */
export interface PrepareOptions {
  /** The study's name in its store; the config's own where absent. */
  readonly name?: string
  /** The module whose default export is the config, or a function of the overrides to it: for workers. */
  readonly module?: string
  readonly overrides?: JsonObject
  /** Versions and the CPU's architecture: part of the fingerprint. */
  readonly environment?: JsonObject
  readonly observer?: StudyObserver
}

/** A study whose config is in order and whose data is loaded. Nothing has been written. */
export interface PreparedStudy {
  readonly name: string
  readonly spec: StudySpec
  readonly space: Space
  readonly dataset?: Dataset
  /** Name, version, options of each plugin. */
  readonly plugins: readonly JsonObject[]
  /** Whether the store has a study of that name. @throws what the store has against the name, or finds damaged */
  exists(): boolean
  /**
   * Begins a new study.
   * @throws RONDO_STUDY_EXISTS, RONDO_STORE_LOCKED, RONDO_STORE_WRITE, and what a warm start has against its study
   */
  create(): Study
  /**
   * Goes on with a study of that name. Without `limits`, those of the config count where the config's have changed.
   * @throws RONDO_STUDY_NOT_FOUND, RONDO_STORE_LOCKED, RONDO_STUDY_CHANGED, RONDO_STUDY_FINGERPRINT
   */
  resume(limits?: StudyLimits): Study
  /**
   * Makes every decision in the log of the study of that name again and says whether it comes out the same. Only reads:
   * another process may work on the study, which is then verified as far as it has come.
   * @throws RONDO_STUDY_NOT_FOUND, RONDO_STUDY_CHANGED, RONDO_STUDY_FINGERPRINT
   */
  verify(): Promise<Verification>
  /** Ends what was composed. A {@link Study} does it itself. */
  dispose(): Promise<void>
}

/**
 * Composes a config's plugins, loads its data and checks everything that can be checked before the first trial.
 *
 * @throws errors of composition, config, space and data.
 */
export async function prepareStudy(
  config: StudyConfig,
  options: PrepareOptions = {},
): Promise<PreparedStudy> {
  const composed = await composeStudy(config, options.environment)
  const { composition, space, dataset } = composed
  try {
    const name = options.name ?? config.name ?? 'study'
    const strategy = composition.resolve(SEARCH_STRATEGY)
    const store = composition.resolve(STORE)
    const defaultTrial = config.defaultTrial ?? strategy.enumerates !== true
    const spec = specOf(config, options, composed, defaultTrial)
    requireEnqueued(space, config.enqueue)
    refuseEpochsTwice(space, composition.resolve(SCHEDULER))
    const updatesPerEpoch = updatesPerEpochOf(composed, spec.seed)
    const priorMean = priorMeanOf(composed)
    const observer = options.observer ?? {}
    const { module, overrides = {} } = options
    const where = {
      overrides,
      ...(module === undefined ? {} : { module }),
      ...(updatesPerEpoch && { updatesPerEpoch }),
      ...(priorMean && { priorMean }),
      checkpointBytes: (config.checkpointMb ?? CHECKPOINT_MB) * 2 ** 20,
    }
    const onEvent = (logged: LoggedEvent): void => observer.onEvent?.(logged)
    const open = (ledger: Ledger): Study => new Study({ composed, ledger, observer, ...where })
    return {
      name,
      spec,
      space,
      ...(dataset && { dataset }),
      plugins: composition.describe(),
      exists: () => isThere(store, name),
      create() {
        const { enqueue = [], warmStart } = config
        const untuned = defaultTrial ? space.defaults() : undefined
        const tried = untuned === undefined ? enqueue : [untuned, ...enqueue]
        const taken = warmStart === undefined ? [] : warmStartParams(warmStart, store, space, tried)
        const first = [...enqueue, ...taken].map((params) => ({ type: 'params.enqueued', params }) as const)
        const log = createOrTakeEmpty(store, name)
        const ledger = guarded(log, () => Ledger.create(log, spec, onEvent, space))
        if (first.length > 0) guarded(log, () => ledger.record(...first))
        return open(ledger)
      },
      resume(limits) {
        const log = store.open(name, 'write')
        const ledger = guarded(log, () => {
          const found = Ledger.read(log, onEvent, space)
          requireSameStudy(name, found.state.spec, spec)
          const amended = limits ?? changedLimits(found.state.spec.limits, spec.limits)
          if (amended !== undefined) found.record({ type: 'study.amended', limits: amended })
          return found
        })
        return open(ledger)
      },
      async verify() {
        const log = store.open(name, 'read')
        try {
          const ledger = Ledger.read(log, undefined, space)
          requireSameStudy(name, ledger.state.spec, spec)
          const scheduler = composition.resolve(SCHEDULER)
          return await verifyLedger(ledger, {
            scheduler,
            strategy,
            defaultTrial: ledger.state.spec.defaultTrial,
            ...(updatesPerEpoch && { updatesPerEpoch }),
            ...(priorMean && { priorMean }),
          })
        } finally {
          log.close()
        }
      },
      dispose: () => composition.dispose(),
    }
  } catch (error) {
    await composition.dispose()
    throw error
  }
}

/** By opening it, which tells as well whether a study can have that name at all. */
function isThere(store: Store, name: string): boolean {
  try {
    store.open(name, 'read').close()
    return true
  } catch (error) {
    if ((error as Partial<RondoError>).code === 'RONDO_STUDY_NOT_FOUND') return false
    throw error
  }
}

function specOf(
  config: StudyConfig,
  options: PrepareOptions,
  { objective, fullBudget, fingerprint, dataset }: ComposedStudy,
  defaultTrial: boolean,
): StudySpec {
  const { trials, timeMs, patience, ordered, seed = 0, defaultsOf } = config
  return {
    ...(options.module === undefined ? {} : { module: options.module }),
    overrides: options.overrides ?? {},
    seed,
    objective,
    limits: {
      ...(trials === undefined ? {} : { trials }),
      ...(timeMs === undefined ? {} : { timeMs }),
      ...(patience === undefined ? {} : { patience }),
    },
    fullBudget,
    ...(ordered === undefined ? {} : { ordered }),
    defaultTrial,
    ...(defaultsOf === undefined ? {} : { defaultsOf }),
    fingerprint,
    ...(dataset && { data: dataAtBeginning(dataset) }),
  }
}

function dataAtBeginning({ description: { name, rows, content } }: Dataset): DataAtBeginning {
  return { name, rows, ...(content !== undefined && { content }) }
}

/** A process that was killed between making a log and writing its first event leaves an empty one: it is taken over. */
function createOrTakeEmpty(store: Store, name: string): StudyLog {
  try {
    return store.create(name)
  } catch (error) {
    if (!(error instanceof Error) || (error as Partial<RondoError>).code !== 'RONDO_STUDY_EXISTS') throw error
    const peek = store.open(name, 'read')
    const empty = peek.seq === 0
    peek.close()
    if (!empty) throw error
    return store.open(name, 'write')
  }
}

function changedLimits(begun: StudyLimits, now: StudyLimits): StudyLimits | undefined {
  const same = begun.trials === now.trials && begun.timeMs === now.timeMs && begun.patience === now.patience
  return same ? undefined : now
}

function guarded<T>(log: StudyLog, work: () => T): T {
  try {
    return work()
  } catch (error) {
    log.close()
    throw error
  }
}
