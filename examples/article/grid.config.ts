import { defineConfig, grid } from 'rondo'
import { study } from './study.ts'

/** As many cells of a grid of two or three values each (96 cells), in an order drawn from the seed. */
export default defineConfig({
  ...study,
  name: 'article-grid',
  search: grid({ levels: { units: 3, batchSize: 2, epochs: 2, dropout: 4 }, order: 'shuffled' }),
})
