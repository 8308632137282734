export type {
  HyperparameterImportance,
  Importance,
  ImportanceOptions,
  Interaction,
  SlicePoint,
} from './importance/importance.ts'
export { importance } from './importance/importance.ts'
export type { Observation } from './observation.ts'
export { observationsOf } from './observations-of.ts'
