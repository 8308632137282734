import { z } from 'zod'

const levels = z.int().min(1).max(1_000_000)

/** The form of {@link GridOptions}. */
export const gridOptions = z.strictObject({
  levels: z
    .union([levels, z.record(z.string(), levels)], {
      error: 'a whole number from 1, or such numbers by name, is expected',
    })
    .optional(),
  order: z.enum(['fixed', 'shuffled']).optional(),
})

/** Options of `grid`. */
export interface GridOptions {
  /**
   * How many values an int or a float without a step gets, evenly spaced in its scale from low to high; 5 where
   * absent. By name it sets those of one hyperparameter, also of one with a step. A range with fewer values keeps them
   * all; so do a step without a number of its own, and every choice and boolean.
   */
  readonly levels?: number | { readonly [name: string]: number }
  /**
   * `fixed` (where absent) varies the last hyperparameter fastest; `shuffled` goes through the same cells in an order
   * that depends on the study's seed, so that a study that ends early has seen all of the grid's regions.
   */
  readonly order?: 'fixed' | 'shuffled'
}
