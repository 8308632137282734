export { bayes } from './bayes.ts'
export type { BayesOptions } from './options.ts'
export type { Recommendation } from './recommend.ts'
export { recommend } from './recommend.ts'
