import { atMost, boolean, choice, defineSpace, fixed, float, int, product, type Space } from '@rondo/core'

/** A space with a name for messages. */
export interface NamedSpace {
  readonly title: string
  readonly space: Space
}

/** Every kind of hyperparameter. */
export const mixed: NamedSpace = {
  title: 'every kind of hyperparameter',
  space: defineSpace({
    units: int(32, 512, { log: true }),
    window: int(7, 56, { step: 7 }),
    learningRate: float(1e-4, 1e-1, { log: true }),
    dropout: float(0, 0.5, { step: 0.05 }),
    momentum: float(-1, 1),
    optimizer: choice(['adam', 'rmsprop', 'sgd']),
    batchSize: choice([16, 32, 64]),
    bias: boolean(),
    layers: fixed(1),
  }),
}

/** Hyperparameters that others switch on, two levels deep. */
export const conditional: NamedSpace = {
  title: 'conditions',
  space: defineSpace({
    layers: int(1, 3),
    first: int(8, 64),
    second: int(8, 64, { when: { layers: { min: 2 } } }),
    third: int(8, 64, { when: { layers: 3 } }),
    regularise: boolean({ when: { layers: [2, 3] } }),
    l2: float(1e-6, 1e-2, { log: true, when: { regularise: true } }),
  }),
}

/** A part of the box that is not axis-aligned is not allowed. */
const constrained: NamedSpace = {
  title: 'constraints',
  space: defineSpace({ units: int(8, 256), batchSize: int(8, 256), rate: float(0, 1) }, [
    atMost(product('units', 'batchSize'), 8192),
  ]),
}

/** Twelve configurations, conditions counted; all of them satisfy the constraint. */
export const finite: NamedSpace = {
  title: 'twelve configurations',
  space: defineSpace({ cell: choice(['a', 'b', 'c']), bias: boolean(), layers: int(1, 2) }),
}

/** Configurations of a finite space that a constraint and conditions thin out: 3 × 3 less those above 4, and 2 each. */
const thinned: NamedSpace = {
  title: 'few configurations under a constraint and a condition',
  space: defineSpace(
    {
      a: int(1, 3),
      b: int(1, 3),
      c: boolean({ when: { a: 1 } }),
    },
    [atMost(product('a', 'b'), 4)],
  ),
}

/** One configuration. */
const single: NamedSpace = {
  title: 'one configuration',
  space: defineSpace({ units: fixed(64), cell: choice(['lstm']) }),
}

/** 10¹² configurations. */
export const huge: NamedSpace = {
  title: '10¹² configurations',
  space: defineSpace({ a: int(1, 10_000), b: int(1, 10_000), c: int(1, 10_000) }),
}

export const infiniteSpaces: readonly NamedSpace[] = [mixed, conditional, constrained, huge]
export const finiteSpaces: readonly NamedSpace[] = [finite, thinned, single]

/** The number of configurations of a small finite space that satisfy its conditions and constraints. */
export function countConfigurations(space: Space): number {
  let partial: { readonly [name: string]: string | number | boolean }[] = [{}]
  for (const name of space.names) {
    partial = partial.flatMap((params) => {
      if (!space.isActive(name, params)) return [params]
      const values = space.valuesOf(name)!
      return Array.from({ length: values.length }, (_, i) => ({ ...params, [name]: values.at(i)! }))
    })
  }
  return partial.filter((params) => space.satisfies(params)).length
}
