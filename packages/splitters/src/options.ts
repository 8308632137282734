import { z } from 'zod'

/** A share of the rows (0 < share < 1) or a number of rows. */
export const sizeOption = z
  .number()
  .positive()
  .refine((size) => size < 1 || Number.isInteger(size), 'must be a share below 1 or a whole number of rows')

export const foldsOption = z.int().min(1).max(1000)
export const gapOption = z.int().min(0)
