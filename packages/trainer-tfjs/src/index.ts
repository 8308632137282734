export type { TfjsTrainerOptions } from './options.ts'
export type { GateTelemetry, LossSum, Samples, TrainStep } from './step/train-step.ts'
export { tfjsTrainer } from './tfjs-trainer.ts'
