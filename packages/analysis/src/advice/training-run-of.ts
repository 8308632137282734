import {
  count,
  type LoggedEvent,
  type Measurement,
  type Objective,
  RondoError,
  type StudyState,
} from '@rondo/core'
import { mean } from '../statistics.ts'
import type { EpochMeasures, GateReading, TrainingRun } from './training-run.ts'

/**
 * One trial of a study as rules of advice see it. A study's state keeps only the objective's curve; losses and gates are in
 * the log.
 *
 * @param events The study's log, `log.read()`.
 * @throws RONDO_STUDY_NO_TRIAL
 */
export function trainingRunOf(
  events: Iterable<LoggedEvent>,
  state: Pick<StudyState, 'trials' | 'fullBudget' | 'spec'>,
  trial: number,
): TrainingRun {
  const record = state.trials[trial]
  if (record === undefined) {
    throw new RondoError('RONDO_STUDY_NO_TRIAL', {
      message: `The study has ${count(state.trials.length, 'trial')} and none with the number ${trial}.`,
      value: trial,
      place: { trial },
    })
  }
  const measured = new Map<string, Measurement>()
  const ends: unknown[] = []
  let gates: readonly GateReading[] = []
  for (const { event } of events) {
    if (event.type !== 'leg.ended' || event.trial !== trial) continue
    // A leg on more folds may measure an epoch again; the later one counts.
    for (const measurement of event.measurements) {
      measured.set(`${measurement.fold}/${measurement.epoch}`, measurement)
    }
    const { gates: read, ended } = event.summary ?? {}
    if (Array.isArray(read) && read.length > 0) gates = read as unknown as readonly GateReading[]
    if (Array.isArray(ended)) ends.push(...ended)
  }
  const { objective } = state.spec
  const epochs = meanOverFolds([...measured.values()], objective)
  return {
    params: record.params,
    objective,
    epochs,
    epochLimit: state.fullBudget.epochs,
    diverged:
      record.failure?.code === 'RONDO_TRAIN_DIVERGED' || epochs.some(({ value }) => Number.isNaN(value)),
    gates,
    stopsEarly: ends.some((reason) => reason !== null),
  }
}

/** For the epochs that every fold has reached. */
function meanOverFolds(measurements: readonly Measurement[], objective: Objective): readonly EpochMeasures[] {
  const folds = new Set(measurements.map(({ fold }) => fold)).size
  const byEpoch = Map.groupBy(measurements, ({ epoch }) => epoch)
  return [...byEpoch]
    .filter(([, own]) => own.length === folds)
    .sort(([a], [b]) => a - b)
    .map(([epoch, own]) => {
      const metric = (name: string): number | undefined => {
        const values = own.flatMap(({ metrics }) => (metrics[name] === undefined ? [] : [metrics[name]]))
        return values.length === folds ? mean(values) : undefined
      }
      const [loss, validationLoss, gradientNorm] = [
        metric('loss'),
        metric('val_loss'),
        metric('gradient_norm'),
      ]
      return {
        epoch,
        value: metric(objective.metric) ?? Number.NaN,
        ...(loss === undefined ? {} : { loss }),
        ...(validationLoss === undefined ? {} : { validationLoss }),
        ...(gradientNorm === undefined ? {} : { gradientNorm }),
      }
    })
}
