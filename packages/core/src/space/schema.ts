import { z } from 'zod'
import type { Hyperparameter, Term } from './hyperparameter.ts'

const value = z.union([z.number(), z.string(), z.boolean()], {
  error: 'a number, a text, true or false is expected',
})
const when = z
  .record(
    z.string(),
    z.union(
      [
        value,
        z.array(value).min(1),
        z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
      ],
      {
        error: 'a value, a list of values or { min, max } is expected',
      },
    ),
  )
  .optional()

const numeric = {
  low: z.number(),
  high: z.number(),
  log: z.boolean().optional(),
  step: z.number().optional(),
  default: z.number().optional(),
  when,
}

/** The form of each type of hyperparameter; the ranges are checked afterwards. */
export const PARAMETER_SCHEMAS = {
  int: z.strictObject({ type: z.literal('int'), ...numeric }),
  float: z.strictObject({ type: z.literal('float'), ...numeric }),
  choice: z.strictObject({
    type: z.literal('choice'),
    values: z.array(value).min(1),
    default: value.optional(),
    when,
  }),
  boolean: z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), when }),
  fixed: z.strictObject({ type: z.literal('fixed'), value, when }),
} as const satisfies { [T in Hyperparameter['type']]: z.ZodType }

const term: z.ZodType<Term> = z.union(
  [
    z.number(),
    z.string(),
    z.strictObject({ sum: z.array(z.lazy(() => term)).min(1) }),
    z.strictObject({ product: z.array(z.lazy(() => term)).min(1) }),
  ],
  { error: 'a number, the name of a hyperparameter, { sum: […] } or { product: […] } is expected' },
)

/** The form of a constraint. */
export const CONSTRAINT_SCHEMA = z.strictObject({ atMost: z.tuple([term, term]) })
