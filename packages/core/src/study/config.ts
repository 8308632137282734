import type { Plugin } from '../composition/plugin.ts'
import type { Callback } from '../contracts/callback.ts'
import type { DatasetDescription, DatasetSource } from '../contracts/dataset.ts'
import type { Executor } from '../contracts/executor.ts'
import type { ModelBuilder } from '../contracts/model-builder.ts'
import type { Objective } from '../contracts/objective.ts'
import type { Scheduler } from '../contracts/scheduler.ts'
import type { SearchStrategy } from '../contracts/search-strategy.ts'
import type { Splitter } from '../contracts/splitter.ts'
import type { Store } from '../contracts/store.ts'
import type { Trainer } from '../contracts/trainer.ts'
import type { Constraint, Params, SpaceDefinition } from '../space/hyperparameter.ts'
import type { StudyLimits, TrialOfStudy } from './study-spec.ts'

/** Everything that makes a study. What is absent takes the default named. */
export interface StudyConfig extends StudyLimits {
  /** The study's name in its store; by the command line from the file's name. */
  readonly name?: string
  readonly data?: Plugin<DatasetSource>
  readonly model?: Plugin<ModelBuilder>
  /** The hyperparameters, or a function of the data; the model builder's own space where absent. */
  readonly space?: SpaceDefinition | ((description: DatasetDescription) => SpaceDefinition)
  readonly constraints?: readonly Constraint[]
  readonly objective?: Objective
  readonly search?: Plugin<SearchStrategy>
  /** Every trial to the full budget in one leg where absent. */
  readonly scheduler?: Plugin<Scheduler>
  readonly splitter?: Plugin<Splitter>
  readonly callbacks?: readonly Plugin<readonly Callback[]>[]
  readonly trainer?: Plugin<Trainer>
  /** This process, one leg at a time, where absent. */
  readonly executor?: Plugin<Executor>
  /** Memory where absent. */
  readonly store?: Plugin<Store>
  /** Plugins for any other token. */
  readonly plugins?: readonly Plugin[]
  /** The most epochs that a trial may train; 1 where absent. */
  readonly epochs?: number
  /**
   * MiB of disk that checkpoints of paused and finished trials may take; 2,048 where absent. Beyond it those go that
   * are the least likely to be taken further; such a trial would start again from its params.
   */
  readonly checkpointMb?: number
  /** Of all randomness; 0 where absent. */
  readonly seed?: number
  /**
   * Makes the whole study a function of its seed, however many workers there are: each decision is made as if `lag`
   * legs were still running.
   */
  readonly ordered?: { readonly lag: number }
  /**
   * Params to try before the strategy's own, each with a value for every hyperparameter that is active. Constraints are
   * not asked of them.
   */
  readonly enqueue?: readonly Params[]
  /**
   * An earlier study of the same store: its best configurations (5, where `trials` is absent) are tried before the
   * strategy's own, as far as they fit into this space. What it had no value for takes its default.
   */
  readonly warmStart?: { readonly study: string; readonly trials?: number }
  /** Whether the untuned default is the first trial; true where absent, unless the strategy enumerates the space. */
  readonly defaultTrial?: boolean
  /**
   * The trial of an earlier study that the space's defaults were taken from. It changes nothing but what the first trial
   * is called wherever the study is told of.
   */
  readonly defaultsOf?: TrialOfStudy
}

/** Gives a config its types; returns it unchanged. */
export const defineConfig = (config: StudyConfig): StudyConfig => config
