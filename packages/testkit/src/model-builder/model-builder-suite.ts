import {
  type BuildRequest,
  type BuiltModel,
  defineSpace,
  deriveRng,
  deriveSeed,
  MODEL_BUILDER,
  type ModelBuilder,
  type Params,
  type Plugin,
  type Space,
} from '@rondo/core'
import { brokenRule, mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { deepFreeze } from '../freeze.ts'
import { jsonOptions } from '../json-options.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, MakePlugin, Suite } from '../suite.ts'
import { checkRecipe } from './check-recipe.ts'
import { type Kind, kinds } from './descriptions.ts'

type Subject = MakePlugin<Plugin<ModelBuilder>>

/** The part of a tfjs `LayersModel` that is looked at; this package does not depend on tfjs. */
interface ModelLike {
  readonly inputs: readonly { readonly shape: readonly (number | null)[] }[]
  readonly outputs: readonly { readonly shape: readonly (number | null)[] }[]
  readonly optimizer?: unknown
  getWeights(): readonly { readonly shape: readonly number[]; dataSync(): ArrayLike<number> }[]
  dispose(): unknown
}

/** A builder at one kind of data that it takes. */
interface Case extends Kind {
  readonly builder: ModelBuilder
  readonly space: Space
  /** The default and some others. */
  readonly samples: readonly Params[]
}

/** Params that are tried for each kind of data, besides the default. */
const SAMPLES = 3

const validSpace: Check<Subject> = {
  name: 'gives a valid space for at least one task',
  run: (makePlugin) =>
    forEachCase(makePlugin, ({ space, description }) =>
      mustHold(
        space.names.length > 0,
        'A model builder must have a space for the data that it takes',
        () => `the one for ${description.task} is empty`,
      ),
    ),
}

const listsWhatItReads: Check<Subject> = {
  name: 'lists the hyperparameters that it reads',
  run: (makePlugin) =>
    forEachModel(makePlugin, async ({ builder }, params, build) => {
      const known = new Set(builder.hyperparameters)
      // `units[1]` is read by whoever reads `units[i]`.
      const isListed = (name: string): boolean =>
        known.has(name) || known.has(name.replace(/\[\d+\]$/, '[i]'))
      const listed = Object.fromEntries(Object.entries(params).filter(([name]) => isListed(name)))
      const whole = await build()
      const part = await build({ params: listed })
      mustHold(
        same(whole.recipe, part.recipe) && same(weightsOf(whole.model), weightsOf(part.model)),
        'A model builder must list every hyperparameter that it reads',
        () => {
          const unlisted = Object.keys(params).filter((name) => !isListed(name))
          return `without ${unlisted.join(', ')}, which it does not list, it builds another model`
        },
      )
    }),
}

const fittingShapes: Check<Subject> = {
  name: 'builds an uncompiled model with the shapes that it was asked for',
  run: (makePlugin) =>
    forEachModel(makePlugin, async ({ shapes }, params, build) => {
      const { model } = await build()
      const input = model.inputs?.[0]?.shape ?? []
      const output = model.outputs?.[0]?.shape ?? []
      mustHold(
        model.inputs?.length === 1 &&
          input.length === 3 &&
          input[2] === shapes.features &&
          (input[1] === shapes.steps || input[1] === null),
        'A model’s input must be [batch, steps, features]',
        () => `for ${show(shapes)} it is ${show(input)} (${show(params)})`,
      )
      mustHold(
        model.outputs?.length === 1 && same([...output], [null, shapes.outputs]),
        'A model’s output must be [batch, outputs]',
        () => `for ${show(shapes)} it is ${show(output)} (${show(params)})`,
      )
      mustHold(
        model.optimizer === undefined || model.optimizer === null,
        'A model must not be compiled: its recipe says how it is trained',
        () => 'it has an optimizer',
      )
    }),
}

const validRecipe: Check<Subject> = {
  name: 'gives a recipe that a trainer can follow',
  run: (makePlugin) =>
    forEachModel(makePlugin, async ({ shapes }, _, build) => {
      const { recipe } = await build()
      checkRecipe(recipe, shapes.task)
    }),
}

const seededWeights: Check<Subject> = {
  name: 'takes all randomness from the seeds',
  run: (makePlugin) =>
    forEachModel(makePlugin, async (_, params, build) => {
      const first = weightsOf((await build()).model)
      const again = weightsOf((await build()).model)
      mustHold(
        same(first, again),
        'The same params and seeds must give the same weights, bit for bit',
        () => `they did not for ${show(params)}`,
      )
      const other = weightsOf((await build({ seed: (purpose) => deriveSeed({ seed: 2, purpose }) })).model)
      mustHold(
        !same(first, other),
        'Other seeds must give other weights',
        () => `they did not for ${show(params)}`,
      )
      mustHold(
        first.every((weights) => weights.every(Number.isFinite)),
        'Weights must be finite',
        () => `they are not for ${show(params)}`,
      )
    }),
}

const sameRecipe: Check<Subject> = {
  name: 'is a function of its request',
  run: (makePlugin) =>
    forEachModel(makePlugin, async (_, params, build) => {
      const { recipe } = await build()
      const { recipe: again } = await build()
      mustHold(
        same(recipe, again),
        'A model builder must be a function of its request',
        () => `for ${show(params)} it gave the recipes ${show(recipe)} and ${show(again)}`,
      )
    }),
}

const soundPriorMean: Check<Subject> = {
  name: 'expects a finite number of params, the same whenever it is asked',
  run: (makePlugin) =>
    forEachCase(makePlugin, async ({ builder, space, samples }) => {
      if (builder.priorMean === undefined) return
      const asked = samples.flatMap((params) => [0, 0.5, 1].map((fidelity) => ({ params, fidelity })))
      const expect = async (): Promise<readonly number[]> =>
        await mustNotThrow(
          'A prior mean must be told of all params of the space, and must not change them',
          () => {
            const priorMean = builder.priorMean!(space)
            return asked.map(({ params, fidelity }) => priorMean(deepFreeze({ ...params }), fidelity))
          },
        )
      const first = await expect()
      const wrong = first.findIndex((expected) => !Number.isFinite(expected))
      mustHold(
        wrong === -1,
        'A prior mean must be a finite number',
        () => `of ${show(asked[wrong])} it is ${String(first[wrong])}`,
      )
      const again = await expect()
      mustHold(
        same(first, again),
        'A prior mean must be a function of its arguments',
        () => `of ${show(asked)} it gave ${show(first)} and ${show(again)}`,
      )
    }),
}

/**
 * Rules for every builder of tfjs models. The subject makes the plugin with the options to be checked; a tfjs backend
 * must be there.
 */
export const modelBuilderSuite: Suite<Subject> = {
  name: 'model builder',
  checks: [
    validSpace,
    listsWhatItReads,
    fittingShapes,
    validRecipe,
    seededWeights,
    sameRecipe,
    soundPriorMean,
    jsonOptions,
  ],
}

async function forEachCase(makePlugin: Subject, check: (each: Case) => void | Promise<void>): Promise<void> {
  await withInstance(makePlugin(), MODEL_BUILDER, async (builder) => {
    let taken = 0
    for (const kind of kinds) {
      const space = spaceFor(builder, kind)
      if (space === undefined) continue
      taken++
      // A builder gives no constraints, which the default could break.
      const untuned = space.defaults()!
      const drawn = Array.from({ length: SAMPLES }, (_, i) =>
        space.sample(deriveRng({ seed: 3, trial: i, purpose: 'sample' })),
      )
      await check({ ...kind, builder, space, samples: [untuned, ...drawn] })
    }
    mustHold(taken > 0, 'A model builder must take the data of some task', () => 'it refused all of them')
  })
}

type Build = (more?: Partial<BuildRequest>) => Promise<BuiltModel<ModelLike>>

async function forEachModel(
  makePlugin: Subject,
  check: (each: Case, params: Params, build: Build) => Promise<void>,
): Promise<void> {
  await forEachCase(makePlugin, async (each) => {
    for (const params of each.samples) {
      const built: ModelLike[] = []
      const build: Build = async (more) => {
        const request = {
          params,
          shapes: each.shapes,
          seed: (purpose: string) => deriveSeed({ seed: 1, purpose }),
          ...more,
        }
        const made = await mustNotThrow(
          `A model builder must build every model of its own space (${show(params)})`,
          () => each.builder.build(request),
        )
        const model = made.model as ModelLike
        built.push(model)
        return { ...made, model }
      }
      try {
        await check(each, params, build)
      } finally {
        for (const model of built) model.dispose?.()
      }
    }
  })
}

/** `undefined` where the task is not the builder's, which it says with a coded error. */
function spaceFor(builder: ModelBuilder, { description }: Kind): Space | undefined {
  try {
    return defineSpace(builder.space(description))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'RONDO_TASK_MISMATCH' || code === 'RONDO_MODEL_INVALID') return undefined
    throw brokenRule(
      'A model builder must give a valid space, or refuse the task with RONDO_TASK_MISMATCH',
      `for ${description.task}: ${error instanceof Error ? error.message : show(error)}`,
    )
  }
}

const weightsOf = (model: ModelLike): readonly (readonly number[])[] =>
  model.getWeights().map((weights) => Array.from(weights.dataSync()))
