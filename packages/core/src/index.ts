export { askPlugin, type PluginCall } from './composition/ask-plugin.ts'
export type { Composition } from './composition/compose.ts'
export { compose } from './composition/compose.ts'
export type { PluginDescription } from './composition/describe-plugin.ts'
export type { Lifecycle, Plugin, PluginDefinition, Scope } from './composition/plugin.ts'
export { definePlugin } from './composition/plugin.ts'
export { requirePlugin } from './composition/require-plugin.ts'
export type { Injection, Token } from './composition/token.ts'
export { factory, multiToken, optional, token } from './composition/token.ts'
export type { ArtifactFiles, ArtifactRef, ArtifactStore } from './contracts/artifacts.ts'
export { ARTIFACTS } from './contracts/artifacts.ts'
export type { Budget } from './contracts/budget.ts'
export { covers } from './contracts/budget.ts'
export type { Callback, EpochEnd, FoldStart, TrainingControl } from './contracts/callback.ts'
export { CALLBACK } from './contracts/callback.ts'
export type { Clock } from './contracts/clock.ts'
export { CLOCK } from './contracts/clock.ts'
export type {
  BaselineScore,
  Dataset,
  DatasetDescription,
  DatasetSource,
  DatasetView,
  PreparedFold,
  TaskKind,
} from './contracts/dataset.ts'
export { DATASET } from './contracts/dataset.ts'
export type { Executor, LegHandle } from './contracts/executor.ts'
export { EXECUTOR } from './contracts/executor.ts'
export type {
  CurvePoint,
  History,
  LegView,
  Tags,
  TrialFailure,
  TrialOrigin,
  TrialState,
  TrialView,
} from './contracts/history.ts'
export type { Logger } from './contracts/logger.ts'
export { LOGGER } from './contracts/logger.ts'
export type {
  BuildRequest,
  BuiltModel,
  Loss,
  ModelBuilder,
  ModelShapes,
  OptimizerRecipe,
  Recipe,
} from './contracts/model-builder.ts'
export { MODEL_BUILDER } from './contracts/model-builder.ts'
export type { Objective } from './contracts/objective.ts'
export { isBetter, maximize, minimize } from './contracts/objective.ts'
export type { PriorMean } from './contracts/prior-mean.ts'
export type { Decision, ScheduleRequest, Scheduler } from './contracts/scheduler.ts'
export { SCHEDULER } from './contracts/scheduler.ts'
export type {
  Expectations,
  ExpectationsRequest,
  SearchStrategy,
  Suggestion,
  SuggestRequest,
} from './contracts/search-strategy.ts'
export { SEARCH_STRATEGY } from './contracts/search-strategy.ts'
export type { Fold, SplitRequest, Splitter } from './contracts/splitter.ts'
export { SPLITTER } from './contracts/splitter.ts'
export type { LoggedEvent, Store, StudyEntry, StudyLog } from './contracts/store.ts'
export { STORE } from './contracts/store.ts'
export { STUDY_SPACE } from './contracts/study-space.ts'
export type {
  Leg,
  LegContext,
  LegMessage,
  LegResult,
  Measurement,
  Refit,
  Rival,
  RivalScore,
  ScoreDifference,
  Trainer,
} from './contracts/trainer.ts'
export { TRAINER } from './contracts/trainer.ts'
export type { ErrorCode, ErrorScope } from './errors/catalogue.ts'
export { ERROR_CATALOGUE } from './errors/catalogue.ts'
export { didYouMean, nearestName } from './errors/nearest-name.ts'
export type { ErrorDetails, ErrorPlace } from './errors/rondo-error.ts'
export { asRondoError, RondoError } from './errors/rondo-error.ts'
export type { InProcessOptions } from './executor/in-process.ts'
export { inProcess } from './executor/in-process.ts'
export type { Json, JsonObject } from './json.ts'
export { deriveRng, deriveSeed } from './random/derive.ts'
export type { RandomAddress, Rng } from './random/rng.ts'
export { fullBudget } from './scheduler/full.ts'
export type { Cells } from './space/cells.ts'
export { cellsOf } from './space/cells.ts'
export { type Condition, conditionsOf } from './space/conditions.ts'
export { atMost, product, sum } from './space/constraints.ts'
export type { SpaceOf } from './space/define-space.ts'
export { defineSpace } from './space/define-space.ts'
export { spaceFromJson } from './space/from-json.ts'
export type {
  BooleanParameter,
  ChoiceParameter,
  Constraint,
  FixedParameter,
  FloatParameter,
  Hyperparameter,
  IntParameter,
  Params,
  ParamsOf,
  ParamValue,
  SpaceDefinition,
  Term,
  When,
} from './space/hyperparameter.ts'
export { boolean, choice, fixed, float, int } from './space/parameters.ts'
export type { Space, Values } from './space/space.ts'
export { firstAtLeast, listOfValues } from './space/values.ts'
export { memoryStore } from './store/memory-store.ts'
export { largestValue } from './study/compose-study.ts'
export type { StudyConfig } from './study/config.ts'
export { defineConfig } from './study/config.ts'
export type { DecisionBasis, StopReason, StudyEvent } from './study/events.ts'
export type { Incumbent } from './study/finish-study.ts'
export { requireConfigFields } from './study/known-fields.ts'
export type { PublishedBest } from './study/ledger.ts'
export type { StudyObserver } from './study/observer.ts'
export type { StudyWorker } from './study/open-worker.ts'
export { openWorker } from './study/open-worker.ts'
export type { PreparedStudy, PrepareOptions } from './study/prepare-study.ts'
export { prepareStudy } from './study/prepare-study.ts'
export type { Leader } from './study/ranking.ts'
export { Ranking } from './study/ranking.ts'
export type { StudyReading } from './study/read-study.ts'
export { readStudy } from './study/read-study.ts'
export { splitRows } from './study/split-rows.ts'
export type { Standing } from './study/standing.ts'
export type { Study } from './study/study.ts'
export type { StudyFingerprint, StudyLimits, StudySpec, TrialOfStudy } from './study/study-spec.ts'
export type { Evaluation, RefitRecord, StudyState } from './study/study-state.ts'
export type { TrialRecord } from './study/trial-record.ts'
export { trialValue } from './study/trial-value.ts'
export type { Verification } from './study/verify.ts'
export { machineClock, systemClock } from './system/system-clock.ts'
export type { ObjectiveFunction, ObjectiveTrial } from './tune/function-trainer.ts'
export { functionTrainer } from './tune/function-trainer.ts'
export type { TuneOptions, TuneResult } from './tune/tune.ts'
export { tune } from './tune/tune.ts'
export { count } from './words/count.ts'
export { defaultLabel, defaultName } from './words/default-name.ts'
export { gainInWords } from './words/gain.ts'
export { durationInWords, numberInWords } from './words/quantities.ts'
export { unvariedInWords } from './words/unvaried.ts'
