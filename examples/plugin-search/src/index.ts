export type { EvolutionOptions } from './evolution.ts'
export { evolution } from './evolution.ts'
