export type { LstmOptions } from './hyperparameters.ts'
export { lstm } from './lstm.ts'
export { defaultSpace, spaceFor } from './space.ts'
