import { bayes, defineConfig } from 'rondo'
import { study } from './study.ts'

/** Five initial points and ten that a Gaussian process chooses by its upper confidence bound. */
export default defineConfig({
  ...study,
  name: 'article',
  search: bayes({ acquisition: 'ucb', kappa: 2, alpha: 1e-3, initialPoints: 5 }),
})
