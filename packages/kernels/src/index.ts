export { compileStep, type StepOptions } from './compile-step.ts'
export { uncovered } from './coverage.ts'
export { KernelError, type KernelErrorCode, type KernelErrorDetails } from './errors.ts'
export { type HostOptions, type KernelHost, standaloneHost } from './host.ts'
export type { Address, Kernels } from './kernels.ts'
export { type Build, buildFor, type Numerics } from './module.ts'
export type {
  Activation,
  BidirectionalLayer,
  DenseLayer,
  DropoutLayer,
  GruLayer,
  Layer,
  Loss,
  LstmLayer,
  Network,
  Optimizer,
  Recipe,
  UpdateRecipe,
} from './network.ts'
export {
  type CompiledOptimizer,
  compileOptimizer,
  type OptimizerUpdate,
  type WeightSize,
} from './optimizer/compile-optimizer.ts'
export { peakGflops } from './peak-gflops.ts'
export { dropoutMask, type MaskAddress } from './random/dropout-mask.ts'
export { philox } from './random/philox.ts'
export { hasRelaxedSimd } from './relaxed.ts'
export {
  type DescribedModel,
  describeModel,
  type LayerLike,
  type ModelLike,
  type VariableLike,
} from './tfjs/describe-model.ts'
export { type TensorLike, type TfjsHost, tfjsHost } from './tfjs/host.ts'
export type {
  Evaluation,
  GateTelemetry,
  LayerTelemetry,
  LossResult,
  TrainingData,
  TrainingStep,
  UpdateResult,
  WeightDescription,
} from './training-step.ts'
