import { machineClock } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { wrap } from '../terminal/wrap.ts'
import { eventLine } from './event-line.ts'
import { liveBlock } from './live-block.ts'
import { Progress, type WatchedStudy } from './progress.ts'
import { screen } from './screen.ts'
import type { StudyDisplay } from './study-display.ts'

/** Milliseconds between two drawings: often enough for the eye, seldom enough to cost nothing. */
const REDRAW_MS = 125

/** A line for each trial that ends, and below them a block that shows what runs now. */
export function liveDisplay(output: Output): StudyDisplay {
  const progress = new Progress()
  const block = liveBlock(output.stream, () => draw())
  let study: WatchedStudy | undefined
  let drawnAt = 0
  let ticking: NodeJS.Timeout | undefined
  const draw = (): void => {
    const snapshot = progress.snapshot()
    if (snapshot === undefined || study === undefined || ticking === undefined) return
    drawnAt = machineClock.monotonic()
    block.draw(screen(snapshot, study.state.space.definition, output))
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
      ticking = setInterval(draw, 1000)
      draw()
    },
    onEvent(logged) {
      progress.onEvent(logged)
      output.emit({ seq: logged.seq, at: logged.at, ...logged.event })
      const line = study === undefined ? undefined : eventLine(logged.event, study.state, output.columns - 1)
      if (line !== undefined) persist(line)
      else if (logged.event.type === 'leg.started') draw()
    },
    onMeasured(trial, measurement) {
      progress.onMeasured(trial, measurement)
      output.emit({ type: 'epoch', trial, ...measurement })
      // Training in this process leaves the timer no turn, so that drawing hangs on measurements too.
      if (machineClock.monotonic() - drawnAt >= REDRAW_MS) draw()
    },
    notice: (text) => persist(wrap(text, output.columns - 1).join('\n')),
    end() {
      clearInterval(ticking)
      ticking = undefined
      block.end()
    },
  }
}
