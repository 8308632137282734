import { z } from 'zod'
import { RondoError } from '../errors/rondo-error.ts'
import { defineSpace } from './define-space.ts'
import type { Constraint, SpaceDefinition } from './hyperparameter.ts'
import type { Space } from './space.ts'

const FORM = z.strictObject({
  hyperparameters: z.record(z.string(), z.unknown()),
  constraints: z.array(z.unknown()).optional(),
})

/**
 * A space from the JSON that `Space.toJSON` gives: `{ hyperparameters: { units: { type: 'int', … } }, constraints: […] }`.
 *
 * @throws RONDO_SPACE_INVALID, RONDO_SPACE_RANGE, RONDO_SPACE_CONDITION naming the field: `units.low`, say.
 */
export function spaceFromJson(json: unknown): Space {
  const form = FORM.safeParse(json)
  if (!form.success) {
    const issue = form.error.issues[0]!
    const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0]
    throw new RondoError('RONDO_SPACE_INVALID', {
      message: `The JSON of a space is { hyperparameters: {…}, constraints: […] }, and this is not: ${issue.message}.`,
      ...(field === undefined ? {} : { place: { field: String(field) } }),
    })
  }
  // Their own forms are checked where those of a config are.
  const { hyperparameters, constraints = [] } = form.data
  return defineSpace(hyperparameters as SpaceDefinition, constraints as readonly Constraint[])
}
