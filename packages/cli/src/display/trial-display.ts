import { machineClock } from '@rondo/core'
import { curvesToDraw, type TrialCurves } from '../study/trial-curves.ts'
import { clip } from '../terminal/clip.ts'
import { lineChart } from '../terminal/line-chart.ts'
import type { Output } from '../terminal/output.ts'
import { number } from '../terminal/quantities.ts'
import { wrap } from '../terminal/wrap.ts'
import { eventLine } from './event-line.ts'
import { liveBlock } from './live-block.ts'
import { Progress, type RunningTrial, type WatchedStudy } from './progress.ts'
import type { StudyDisplay } from './study-display.ts'

const REDRAW_MS = 125
const HEIGHT = 9

/** The display of one trial by hand: its learning curves, drawn as it trains. */
export async function trialDisplay(output: Output, curves: TrialCurves): Promise<StudyDisplay> {
  const shown = output.live
    ? liveTrialDisplay(output, curves)
    : (await import('./plain-display.ts')).plainDisplay(output)
  return {
    ...shown,
    onEvent(logged) {
      curves.onEvent(logged)
      shown.onEvent?.(logged)
    },
    onMeasured(trial, measurement) {
      curves.onMeasured(trial, measurement)
      shown.onMeasured?.(trial, measurement)
    },
  }
}

function liveTrialDisplay(output: Output, curves: TrialCurves): StudyDisplay {
  const progress = new Progress()
  const block = liveBlock(output.stream, () => draw())
  let study: WatchedStudy | undefined
  let drawnAt = 0
  const draw = (): void => {
    const running = progress.snapshot()?.running.at(-1)
    if (study === undefined || running === undefined) return
    drawnAt = machineClock.monotonic()
    block.draw(['', ...picture(running, study, curves, output)].join('\n'))
  }
  const persist = (line: string): void => {
    block.clear()
    output.say(line)
    draw()
  }
  return {
    begin(opened) {
      study = opened
      progress.attach(opened)
    },
    onEvent(logged) {
      progress.onEvent(logged)
      output.emit({ seq: logged.seq, at: logged.at, ...logged.event })
      const line = study === undefined ? undefined : eventLine(logged.event, study.state, output.columns - 1)
      if (line !== undefined && logged.event.type !== 'leg.ended') persist(line)
      else draw()
    },
    onMeasured(trial, measurement) {
      progress.onMeasured(trial, measurement)
      output.emit({ type: 'epoch', trial, ...measurement })
      if (machineClock.monotonic() - drawnAt >= REDRAW_MS) draw()
    },
    notice: (text) => persist(wrap(text, output.columns - 1).join('\n')),
    end() {
      block.end()
    },
  }
}

function picture(
  { trial, fold, epoch, epochs, folds, metrics }: RunningTrial,
  { name, state }: WatchedStudy,
  curves: TrialCurves,
  { columns, style }: Output,
): readonly string[] {
  const { objective } = state.spec
  const value = metrics[objective.metric]
  const parts = [
    `${name}  trial ${trial}`,
    ...(folds > 1 ? [`fold ${fold + 1}/${folds}`] : []),
    epoch === 0 ? 'starting' : `epoch ${epoch}/${epochs}`,
    ...(value === undefined ? [] : [`${objective.metric} ${number(value)}`]),
    ...(state.best === undefined
      ? []
      : [`best so far ${number(state.best.value)} (trial ${state.best.number})`]),
  ]
  const width = columns - 1
  const ofFold = curves.measurements(trial).filter((measurement) => measurement.fold === fold)
  const chart = lineChart({ series: curvesToDraw(ofFold, objective), epochs, width, height: HEIGHT })
  return [style('bold', clip(parts.join(' · '), width)), ...chart]
}
