import { bayes, fixed, inProcess, prepareStudy, type StudyConfig, tfjsTrainer } from 'rondo'
import { expect, test } from 'vitest'
import gridSearch from '../../examples/article/grid.config.ts'
import randomSearch from '../../examples/article/random.config.ts'
import article from '../../examples/article/rondo.config.ts'

/** A search as it would begin; nothing is trained. */
async function prepared(config: StudyConfig) {
  const { callbacks: _, ...rest } = config
  const study = await prepareStudy({ ...rest, executor: inProcess(), trainer: tfjsTrainer() })
  await study.dispose()
  return study
}

test('the search is the article’s', async () => {
  const { spec, space, plugins, dataset } = await prepared(article)
  expect(space.definition).toEqual({
    units: { type: 'int', low: 32, high: 512 },
    batchSize: { type: 'int', low: 16, high: 64 },
    epochs: { type: 'int', low: 10, high: 100 },
    optimizer: { type: 'choice', values: ['adam', 'rmsprop'] },
    dropout: { type: 'float', low: 0.1, high: 0.5 },
  })
  expect(spec).toMatchObject({
    objective: { metric: 'val_accuracy', direction: 'maximize' },
    limits: { trials: 15 },
    fullBudget: { epochs: 100, folds: 1 },
    defaultTrial: false,
  })
  const optionsOf = (name: string) => plugins.find((plugin) => plugin.name === name)?.options
  expect(optionsOf('bayes')).toEqual({ acquisition: 'ucb', kappa: 2, alpha: 1e-3, initialPoints: 5 })
  expect(optionsOf('holdout')).toEqual({ validation: 0.2 })
  expect(dataset?.description).toMatchObject({
    task: 'classify',
    outputs: 10,
    sequential: false,
    rows: 1797 * 8,
  })
})

test('grid and random search differ from it in nothing but the strategy', () => {
  const { search: _, name: __, ...common } = article
  for (const { search, name, ...others } of [gridSearch, randomSearch]) {
    expect(search?.name).toBe(name?.replace('article-', ''))
    expect(others).toEqual(common)
  }
})

test('a small model of the search reads digits better than chance by far', { timeout: 120_000 }, async () => {
  const study = await prepareStudy({
    ...article,
    space: { ...(article.space as object), units: fixed(32), epochs: fixed(4), batchSize: fixed(16) },
    search: bayes({ acquisition: 'ucb', kappa: 2, alpha: 1e-3, initialPoints: 2 }),
    executor: inProcess(),
    trainer: tfjsTrainer(),
    trials: 1,
  })
  const running = study.create()
  try {
    await running.run()
    const { metrics } = await running.evaluate()
    // One class in ten; a model of this size gets there in four epochs with room to spare.
    expect(metrics.accuracy).toBeGreaterThan(0.5)
  } finally {
    await running.dispose()
  }
})
