import { cpuUsage } from 'node:process'
import { deriveRng, largestValue, type Params, prepareStudy, type Space, type Splitter } from '@rondo/core'
import { lstm, random, type StudyConfig, tfjsTrainer } from 'rondo'
import type { Series } from './series.ts'

/** How a training went, epoch by epoch. */
export interface Curve {
  /** The objective's metric after each epoch, in data units; NaN from where training failed. */
  readonly values: Float32Array
  /** Processor seconds of each epoch, validation included; the first has building the model too. NaN where none was trained. */
  readonly seconds: Float32Array
}

const studyOf = ({ data, space, objective, splitter, epochs }: Series): StudyConfig => ({
  ...(data && { data }),
  ...(space && { space }),
  ...(objective && { objective }),
  ...(splitter && { splitter }),
  model: lstm(),
  search: random(),
  trainer: tfjsTrainer({ telemetry: false, checkpointEveryMs: 1e9 }),
  epochs,
})

/** The space of a series (its own, or the one that the builder has for its data) and how many samples train. */
export async function planOf(series: Series): Promise<{ readonly space: Space; readonly samples: number }> {
  const { space, dataset, dispose } = await prepareStudy(studyOf(series))
  const request = dataset!.development().targets(largestValue(space, 'window') ?? 0)
  const rng = deriveRng({ seed: 0, purpose: 'split' })
  const [fold] = (series.splitter!.create() as Splitter).split({ ...request, rng })
  await dispose()
  return { space, samples: fold!.train.length }
}

/** Trains params to the full epochs, whatever they come to: nothing stops early. */
export async function trainCurve(series: Series, params: Params, seed: number): Promise<Curve> {
  const values = new Float32Array(series.epochs).fill(Number.NaN)
  const seconds = new Float32Array(series.epochs).fill(Number.NaN)
  const prepared = await prepareStudy(
    { ...studyOf(series), enqueue: [params], defaultTrial: false, trials: 1, seed },
    {
      observer: {
        onMeasured: (_, { epoch, metrics }) => {
          values[epoch - 1] = metrics[series.objective!.metric]!
          seconds[epoch - 1] = sinceLast()
        },
      },
    },
  )
  const study = prepared.create()
  let last = processorSeconds()
  const sinceLast = (): number => {
    const before = last
    last = processorSeconds()
    return last - before
  }
  try {
    await study.run()
  } finally {
    await study.dispose()
  }
  const trained = seconds.findIndex(Number.isNaN)
  // The epoch that failed took its time, and says that this curve need not be trained again.
  if (trained !== -1) seconds[trained] = sinceLast()
  return { values, seconds }
}

function processorSeconds(): number {
  const { user, system } = cpuUsage()
  return (user + system) / 1e6
}
