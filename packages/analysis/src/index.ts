export type { Advice, AdviceRule, Measure } from './advice/advice.ts'
export { ADVICE } from './advice/advice.ts'
export { adviceRule } from './advice/advice-plugin.ts'
export { adviceRules, advise } from './advice/advise.ts'
export { ORDER } from './advice/order.ts'
export type { EpochMeasures, GateReading, TrainingRun } from './advice/training-run.ts'
export { trainingRunOf } from './advice/training-run-of.ts'
export type {
  HyperparameterImportance,
  Importance,
  ImportanceOptions,
  Interaction,
  SlicePoint,
  UnvariedHyperparameter,
} from './importance/importance.ts'
export { importance } from './importance/importance.ts'
export type { Observation } from './observation.ts'
export { observationsOf } from './observations-of.ts'
export type { Candidate } from './score/candidates-of.ts'
export { candidatesOf } from './score/candidates-of.ts'
export type { CorrectedScore, CorrectedScoreOptions } from './score/corrected-score.ts'
export { correctedScore } from './score/corrected-score.ts'
export type { ExpectedGain, ExpectedGainOptions } from './score/expected-gain.ts'
export { expectedGain } from './score/expected-gain.ts'
export type { Noise } from './score/noise.ts'
export { noiseOf } from './score/noise.ts'
