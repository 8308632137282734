export type { Lifecycle, Plugin, PluginDefinition, Scope } from './composition/plugin.ts'
export { definePlugin } from './composition/plugin.ts'
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
export type { Decision, ScheduleRequest, Scheduler } from './contracts/scheduler.ts'
export { SCHEDULER } from './contracts/scheduler.ts'
export type { SearchStrategy, Suggestion, SuggestRequest } from './contracts/search-strategy.ts'
export { SEARCH_STRATEGY } from './contracts/search-strategy.ts'
export type { Fold, SplitRequest, Splitter } from './contracts/splitter.ts'
export { SPLITTER } from './contracts/splitter.ts'
export type { LoggedEvent, Store, StudyEntry, StudyLog } from './contracts/store.ts'
export { STORE } from './contracts/store.ts'
export type { Leg, LegContext, LegMessage, LegResult, Measurement, Trainer } from './contracts/trainer.ts'
export { TRAINER } from './contracts/trainer.ts'
export type { ErrorCode, ErrorScope } from './errors/catalogue.ts'
export { ERROR_CATALOGUE } from './errors/catalogue.ts'
export { didYouMean, nearestName } from './errors/nearest-name.ts'
export type { ErrorDetails, ErrorPlace } from './errors/rondo-error.ts'
export { asRondoError, RondoError } from './errors/rondo-error.ts'
export type { Json, JsonObject } from './json.ts'
export { deriveRng, deriveSeed } from './random/derive.ts'
export type { RandomAddress, Rng } from './random/rng.ts'
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
export type { Space, Values } from './space/space.ts'
export type { DecisionBasis, StopReason, StudyEvent } from './study/events.ts'
export type { StudyFingerprint, StudyLimits, StudySpec } from './study/study-spec.ts'
