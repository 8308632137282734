import type { LoggedEvent, Measurement, Objective, StudyLog, StudyObserver } from '@rondo/core'
import type { ChartSeries } from '../terminal/line-chart.ts'

/** Every measurement of each trial, all metrics included; the state of a study has only the objective's. */
export class TrialCurves implements StudyObserver {
  readonly #measured = new Map<number, Map<string, Measurement>>()
  readonly #ends: LoggedEvent[] = []

  /** What a log has measured so far. */
  static of(log: StudyLog): TrialCurves {
    const curves = new TrialCurves()
    try {
      for (const logged of log.read()) curves.onEvent(logged)
    } finally {
      log.close()
    }
    return curves
  }

  onEvent(logged: LoggedEvent): void {
    const { event } = logged
    if (event.type !== 'leg.ended') return
    this.#ends.push(logged)
    for (const measurement of event.measurements) this.onMeasured(event.trial, measurement)
  }

  onMeasured(trial: number, measurement: Measurement): void {
    const own = this.#measured.get(trial) ?? new Map<string, Measurement>()
    own.set(`${measurement.fold}/${measurement.epoch}`, measurement)
    this.#measured.set(trial, own)
  }

  /** In the order of fold, then epoch. */
  measurements(trial: number): readonly Measurement[] {
    const own = [...(this.#measured.get(trial)?.values() ?? [])]
    return own.sort((a, b) => a.fold - b.fold || a.epoch - b.epoch)
  }

  /** The ends of legs, as they were logged: all that is measured of a trial is in them. */
  get ends(): readonly LoggedEvent[] {
    return this.#ends
  }
}

/** A metric of each epoch: of one fold, or the mean over those folds that have reached it. */
export function metricByEpoch(measurements: readonly Measurement[], metric: string): readonly number[] {
  const sums: number[] = []
  const counts: number[] = []
  for (const { epoch, metrics } of measurements) {
    const value = metrics[metric]
    if (value === undefined) continue
    sums[epoch - 1] = (sums[epoch - 1] ?? 0) + value
    counts[epoch - 1] = (counts[epoch - 1] ?? 0) + 1
  }
  return Array.from(sums, (sum, i) => (counts[i] === undefined ? Number.NaN : sum / counts[i]))
}

/** The losses of train and validation rows, whose gap tells most; the objective's metric where there are no losses. */
export function curvesToDraw(
  measurements: readonly Measurement[],
  { metric }: Objective,
): readonly ChartSeries[] {
  const has = (name: string): boolean => measurements.some(({ metrics }) => name in metrics)
  const series = (name: string, mark: string): ChartSeries => ({
    name,
    mark,
    values: metricByEpoch(measurements, name),
  })
  if (has('loss') && has('val_loss')) return [series('loss', '○'), series('val_loss', '●')]
  return has(metric) ? [series(metric, '●')] : []
}
