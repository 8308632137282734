import {
  atMost,
  type Constraint,
  defineSpace,
  type Hyperparameter,
  type Space,
  type SpaceDefinition,
  sum,
  type When,
} from '@rondo/core'
import fc from 'fast-check'

const finiteInt: fc.Arbitrary<Hyperparameter> = fc
  .record({
    low: fc.integer({ min: 1, max: 20 }),
    width: fc.integer({ min: 0, max: 6 }),
    step: fc.integer({ min: 1, max: 3 }),
    log: fc.boolean(),
  })
  .map(({ low, width, step, log }) => ({ type: 'int', low, high: low + width, step, log }))

const steppedFloat: fc.Arbitrary<Hyperparameter> = fc
  .record({
    low: fc.integer({ min: 1, max: 30 }),
    width: fc.integer({ min: 0, max: 5 }),
    step: fc.constantFrom(0.1, 0.25, 0.3),
    log: fc.boolean(),
  })
  .map(({ low, width, step, log }) => ({ type: 'float', low: low / 10, high: (low + width) / 10, step, log }))

const continuous: fc.Arbitrary<Hyperparameter> = fc
  .record({
    low: fc.double({ min: 1e-6, max: 10, noNaN: true }),
    // A width of a few roundings would leave a constraint next to nothing to hold for.
    width: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 100, noNaN: true })),
    log: fc.boolean(),
  })
  .map(({ low, width, log }) => ({ type: 'float', low, high: low + width, log }))

const choice: fc.Arbitrary<Hyperparameter> = fc
  .uniqueArray(
    fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b', '1', 'true'), fc.boolean()),
    {
      minLength: 1,
      maxLength: 4,
      comparator: 'SameValueZero',
    },
  )
  .map((values) => ({ type: 'choice', values }))

const boolean = fc.constant<Hyperparameter>({ type: 'boolean' })
const fixed = fc.constantFrom<Hyperparameter>({ type: 'fixed', value: 7 }, { type: 'fixed', value: 'seven' })

/** Hyperparameters with few values. */
export const finiteParameter: fc.Arbitrary<Hyperparameter> = fc.oneof(
  finiteInt,
  steppedFloat,
  choice,
  boolean,
  fixed,
)
/** Hyperparameters of every kind. */
export const anyParameter: fc.Arbitrary<Hyperparameter> = fc.oneof(finiteParameter, continuous)

/** A condition that some value of the parent satisfies. */
function whenOf(parentName: string, parent: Hyperparameter, pick: number, range: boolean): When {
  const { when: _, ...unconditional } = parent
  const values = defineSpace({ [parentName]: unconditional as Hyperparameter }).valuesOf(parentName)
  if (values === undefined) {
    const { low, high } = parent as { readonly low: number; readonly high: number }
    return { [parentName]: { max: low + (high - low) / 2 } }
  }
  const value = values.at(pick % values.length)
  if (range && (parent.type === 'int' || parent.type === 'float'))
    return { [parentName]: { min: value as number } }
  return { [parentName]: pick % 2 === 0 ? value : [value, values.at(0)] }
}

interface Recipe {
  readonly parameters: readonly Hyperparameter[]
  readonly conditions: readonly { readonly parent: number; readonly pick: number; readonly range: boolean }[]
  readonly order: readonly number[]
  readonly constrained: boolean
}

function build({ parameters, conditions, order, constrained }: Recipe): Space {
  const full: (readonly [string, Hyperparameter])[] = []
  for (const [i, parameter] of parameters.entries()) {
    const { parent, pick, range } = conditions[i] ?? { parent: -1, pick: 0, range: false }
    const earlier = parent < 0 || i === 0 ? undefined : full[parent % i]
    const when = earlier === undefined ? undefined : whenOf(earlier[0], earlier[1], pick, range)
    full.push([`p${i}`, when === undefined ? parameter : { ...parameter, when }])
  }
  const shuffled = full.map((entry, i) => [order[i] ?? 0, entry] as const).sort(([a], [b]) => a - b)
  const definition: SpaceDefinition = Object.fromEntries(shuffled.map(([, entry]) => entry))
  return defineSpace(definition, constrained ? feasibleConstraint(defineSpace(definition)) : [])
}

/** A constraint on the first two ranges that their defaults satisfy. */
function feasibleConstraint(space: Space): readonly Constraint[] {
  const defaults = space.defaults()!
  const names = space.names.filter(
    (name) => typeof defaults[name] === 'number' && space.get(name).type !== 'choice',
  )
  const [first, second = first] = names
  if (first === undefined || second === undefined) return []
  return [atMost(sum(first, second), (defaults[first] as number) + (defaults[second] as number))]
}

/** Spaces with conditions in chains and trees, in any order of definition, with and without a constraint. */
export function arbitrarySpace(parameter: fc.Arbitrary<Hyperparameter>, maxLength = 6): fc.Arbitrary<Space> {
  return fc
    .record({
      parameters: fc.array(parameter, { minLength: 0, maxLength }),
      conditions: fc.array(
        fc.record({ parent: fc.integer({ min: -4, max: 5 }), pick: fc.nat(6), range: fc.boolean() }),
        { minLength: maxLength, maxLength },
      ),
      order: fc.array(fc.nat(100), { minLength: maxLength, maxLength }),
      constrained: fc.boolean(),
    })
    .map(build)
}
