export { bayes } from './bayes.ts'
export type { BayesOptions } from './options.ts'
