import {
  atMost,
  boolean,
  choice,
  deriveRng,
  float,
  functionTrainer,
  inProcess,
  int,
  type Leg,
  type LegContext,
  memoryStore,
  type Params,
  type Plugin,
  product,
  RondoError,
  readStudy,
  type StudyConfig,
  type StudyLog,
  type Trainer,
} from '@rondo/core'
import { asha } from '@rondo/scheduler-asha'
import { bayes } from '@rondo/search-bayes'

/** Hyperparameters of every kind, with conditions and a constraint that half the space violates. */
const space = {
  layers: int(1, 3),
  units: int(16, 256, { log: true }),
  rate: float(1e-4, 1e-1, { log: true }),
  batch: choice([16, 32, 64, 128]),
  optimizer: choice(['adam', 'sgd']),
  momentum: float(0, 0.99, { when: { optimizer: 'sgd' } }),
  smooth: boolean(),
}
const constraints = [atMost(product('units', 'layers'), 200)]
export const EPOCHS = 27

/** The tenth of the params that fails is the same wherever they are tried. */
export const fails = (params: Params): boolean =>
  deriveRng({ seed: 0, purpose: JSON.stringify(params) }).uniform() < 0.1

function lossAt({ rate, units, layers, momentum }: Params, epoch: number): number {
  const off = Math.log10(rate as number) + 2.5
  const size = Math.log2((units as number) / 64) / 4 + (layers as number) / 10
  return off * off + size * size + ((momentum as number | undefined) ?? 0.3) / 5 + 2 / epoch
}

/** Bayes under ASHA on the mixed space, three legs in flight, a function of its seed. */
export const mixedStudy = (more: Partial<StudyConfig>): StudyConfig => ({
  name: 'mixed',
  space,
  constraints,
  objective: { metric: 'value', direction: 'minimize' },
  search: bayes(),
  scheduler: asha(),
  trainer: functionTrainer((params, { epochs, report }) => {
    if (fails(params)) throw new Error('These params fail.')
    for (let epoch = 1; epoch <= epochs; epoch++) report(lossAt(params, epoch))
    return 0
  }),
  executor: inProcess({ concurrency: 3 }),
  ordered: { lag: 2 },
  store: memoryStore(),
  epochs: EPOCHS,
  seed: 3,
  ...more,
})

/** `inner`, but it throws for the tenth of the params that {@link fails} names: those with two layers only past the first rung. */
export function failing(inner: Plugin<Trainer>): Plugin<Trainer> {
  const trainer = inner.create() as Trainer
  return {
    ...inner,
    create: () => ({
      ...trainer,
      run: (leg: Leg, context: LegContext) => {
        const late = leg.params.layers === 2
        if (fails(leg.params) && (!late || leg.from !== undefined))
          throw new RondoError('RONDO_OBJECTIVE_FAILED', { message: 'These params fail.' })
        return trainer.run(leg, context)
      },
    }),
  }
}

/** What of the trials in a log must be the same however often the study was interrupted. */
export const trialsOf = (log: StudyLog) =>
  readStudy(log).state.trials.map(({ params, memo, state, legs, curve, replicateOf }) => ({
    params,
    memo,
    state,
    legs,
    curve,
    replicateOf,
  }))
