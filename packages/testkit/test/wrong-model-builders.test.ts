import {
  type BuildRequest,
  definePlugin,
  float,
  MODEL_BUILDER,
  type ModelBuilder,
  type Plugin,
  type Recipe,
  RondoError,
} from '@rondo/core'
import { modelBuilderSuite } from '../src/index.ts'
import { notJson, testWrong } from './wrong-plugins.ts'

const plugin = (make: () => Partial<ModelBuilder>, options?: unknown) => (): Plugin<ModelBuilder> =>
  definePlugin({
    name: 'wrong',
    provides: MODEL_BUILDER,
    scope: 'study',
    ...(options === undefined ? {} : { options }),
    create: () => ({ ...good, ...make() }),
  })

/** Looks like a model with one layer of weights. */
const modelOf = ({ shapes, seed }: BuildRequest) => ({
  inputs: [{ shape: [null, shapes.steps, shapes.features] }],
  outputs: [{ shape: [null, shapes.outputs] }],
  getWeights: () => [{ shape: [1], dataSync: () => Float32Array.of(seed('kernel') / 2 ** 32) }],
  dispose() {},
})

const recipeOf = ({ params, shapes }: BuildRequest): Recipe => ({
  loss: { name: shapes.task === 'classify' ? 'categoricalCrossentropy' : 'mse' },
  optimizer: { name: 'adam' },
  learningRate: params.learningRate as number,
  batchSize: 32,
})

const good: ModelBuilder = {
  name: 'wrong',
  hyperparameters: ['learningRate'],
  space: () => ({ learningRate: float(1e-4, 1e-1, { log: true }) }),
  build: (request) => ({ model: modelOf(request), recipe: recipeOf(request) }),
}

const withRecipe = (change: Partial<Recipe>) =>
  plugin(() => ({
    build: (request) => ({ model: modelOf(request), recipe: { ...recipeOf(request), ...change } }),
  }))
const withModel = (change: (request: BuildRequest) => object) =>
  plugin(() => ({
    build: (request) => ({ model: { ...modelOf(request), ...change(request) }, recipe: recipeOf(request) }),
  }))

testWrong(modelBuilderSuite, {
  'gives a valid space for at least one task': [
    { subject: plugin(() => ({ space: () => ({}) })), says: /is empty/ },
    {
      subject: plugin(() => ({ space: () => ({ learningRate: float(1, 0) }) })),
      says: /must give a valid space/,
    },
    {
      subject: plugin(() => ({
        space() {
          throw new RondoError('RONDO_TASK_MISMATCH', { message: 'Not mine.' })
        },
      })),
      says: /must take the data of some task/,
    },
  ],
  'lists the hyperparameters that it reads': {
    subject: plugin(() => ({ hyperparameters: [] })),
    says: /must list every hyperparameter.*learningRate/,
  },
  'builds an uncompiled model with the shapes that it was asked for': [
    { subject: withModel(() => ({ inputs: [{ shape: [null, 3] }] })), says: /\[batch, steps, features\]/ },
    { subject: withModel(() => ({ outputs: [{ shape: [null, 99] }] })), says: /\[batch, outputs\]/ },
    { subject: withModel(() => ({ optimizer: {} })), says: /must not be compiled/ },
    {
      subject: plugin(() => ({
        build() {
          throw new TypeError('units of undefined')
        },
      })),
      says: /must build every model of its own space.*units of undefined/,
    },
  ],
  'gives a recipe that a trainer can follow': [
    { subject: withRecipe({ learningRate: 0 }), says: /learning rate must be/ },
    { subject: withRecipe({ batchSize: 0.5 }), says: /batch size must be/ },
    { subject: withRecipe({ clipNorm: 0 }), says: /clipNorm must be/ },
    { subject: withRecipe({ clipValue: -1 }), says: /clipValue must be/ },
    { subject: withRecipe({ l2: -1 }), says: /l2 must be/ },
    { subject: withRecipe({ l2: Number.NaN }), says: /recipe must be JSON/ },
    { subject: withRecipe({ loss: { name: 'huber', delta: 0 } }), says: /delta of a huber loss/ },
    { subject: withRecipe({ optimizer: { name: 'lion' } as never }), says: /optimizer must be one of/ },
    {
      subject: withRecipe({ loss: { name: 'pinball', quantiles: [1] } }),
      says: /must fit the task|between 0 and 1/,
    },
    { subject: withRecipe({ loss: { name: 'mse' } }), says: /loss must fit the task/ },
    { subject: withRecipe({ optimizer: { name: 'sgd', momentum: 2 } }), says: /momentum must be/ },
  ],
  'expects a finite number of params, the same whenever it is asked': [
    {
      subject: plugin(() => ({ priorMean: () => () => Number.NaN })),
      says: /must be a finite number.*learningRate.*NaN/,
    },
    {
      subject: plugin(() => {
        let asked = 0
        return { priorMean: () => () => asked++ }
      }),
      says: /must be a function of its arguments/,
    },
    {
      subject: plugin(() => ({
        priorMean: () => (params) => Number(Object.assign(params, { learningRate: 1 }).learningRate),
      })),
      says: /must not change them.*read only/,
    },
  ],
  'takes all randomness from the seeds': [
    {
      subject: withModel(({ seed }) => ({
        getWeights: () => [
          { shape: [2], dataSync: () => Float32Array.of(seed('kernel') / 2 ** 32, Number.NaN) },
        ],
      })),
      says: /Weights must be finite/,
    },
    {
      subject: withModel(() => ({ getWeights: () => [{ shape: [1], dataSync: () => Float32Array.of(1) }] })),
      says: /Other seeds must give other weights/,
    },
    {
      subject: plugin(() => {
        let built = 0
        return {
          build: (request) => ({
            model: {
              ...modelOf(request),
              getWeights: () => [{ shape: [1], dataSync: () => Float32Array.of(built++) }],
            },
            recipe: recipeOf(request),
          }),
        }
      }),
      says: /same weights, bit for bit/,
    },
  ],
  'is a function of its request': {
    subject: plugin(() => {
      let built = 0
      return {
        build: (request) => ({
          model: modelOf(request),
          recipe: { ...recipeOf(request), batchSize: ++built },
        }),
      }
    }),
    says: /must be a function of its request/,
  },
  'has JSON for options': { subject: plugin(() => ({}), notJson), says: /Options must be JSON/ },
})
