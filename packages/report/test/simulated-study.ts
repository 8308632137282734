import {
  choice,
  definePlugin,
  deriveRng,
  float,
  int,
  type LoggedEvent,
  minimize,
  prepareStudy,
  RondoError,
  type StudyReading,
  TRAINER,
  type Trainer,
} from '@rondo/core'
import { asha } from '@rondo/scheduler-asha'
import { random } from '@rondo/search-random'
import type { ReportGate } from '../src/index.ts'

/** Curves as an LSTM's: a learning rate that is right, units that overfit, dropout that helps a little, and noise. */
const curves: Trainer = {
  async run({ trial, params, budget, fullBudget, seed }) {
    const { learningRate, units, dropout, optimizer } = params as {
      learningRate: number
      units: number
      dropout: number
      optimizer: string
    }
    if (learningRate > 0.06) {
      throw new RondoError('RONDO_TRAIN_DIVERGED', {
        message: `The train loss became NaN in epoch ${trial % 3} of fold 1.`,
        place: { trial },
      })
    }
    const speed = 12 / (1 + 10 * Math.abs(Math.log10(learningRate) + 2.5) ** 2)
    const measurements = Array.from({ length: budget.folds }, (_, fold) => {
      const rng = deriveRng({ seed, trial, fold, purpose: 'curve' })
      return Array.from({ length: budget.epochs }, (_, i) => {
        const left = Math.exp((-(i + 1) * speed) / 30)
        const loss = 0.1 + 0.8 * left + 0.004 * rng.normal()
        const gap = 0.0004 * units * (1 - dropout) * (1 - left)
        const floor = 300 - 4 * Math.log2(units) + (optimizer === 'adam' ? 0 : 6) + 12 * fold
        const metrics = {
          loss,
          val_loss: loss + gap,
          val_mae: floor + 400 * left + 60 * gap + 1.5 * rng.normal(),
        }
        return { fold, epoch: i + 1, metrics }
      })
    }).flat()
    return { outcome: budget.epochs === fullBudget.epochs ? 'reached' : 'reached', measurements }
  },
}

/** A study that really ran, on simulated curves: promoted and paused trials, failed ones, and a default. */
export async function simulatedStudy(
  trials = 40,
): Promise<{ readonly reading: StudyReading; readonly events: readonly LoggedEvent[] }> {
  const events: LoggedEvent[] = []
  const prepared = await prepareStudy(
    {
      name: 'births',
      space: {
        units: int(16, 256, { log: true, default: 64 }),
        learningRate: float(1e-4, 1e-1, { log: true, default: 1e-3 }),
        batchSize: choice([16, 32, 64, 128]),
        dropout: float(0, 0.5, { default: 0 }),
        optimizer: choice(['adam', 'rmsprop']),
        momentum: float(0.5, 0.99, { when: { optimizer: 'rmsprop' } }),
      },
      objective: minimize('val_mae'),
      search: random(),
      scheduler: asha(),
      trainer: definePlugin({ name: 'curves', provides: TRAINER, scope: 'process', create: () => curves }),
      epochs: 27,
      trials,
      seed: 3,
    },
    { observer: { onEvent: (event) => events.push(event) } },
  )
  const study = prepared.create()
  await study.run()
  const { name, state } = study
  await study.dispose()
  return { reading: { name, state, workedMs: 412_000 }, events }
}

/** Gates of LSTM layers over four epochs; in later folds they are wide open. */
export const gates = (layers: number, folds: number): readonly ReportGate[] =>
  Array.from({ length: folds }, (_, fold) =>
    Array.from({ length: layers }, (_, layer) =>
      ['input', 'forget', 'output'].map((gate) => ({
        ...{ fold, layer, gate, epochs: [1, 2, 3, 4] },
        mean: fold > 0 ? [1, 1, 1, 1] : [0.5, 0.55, 0.58, 0.6],
        closed: [0, 0.01, 0.03, 0.05],
        open: [0, 0.04, 0.09, 0.12],
      })),
    ).flat(),
  ).flat()
