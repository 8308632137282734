import type { Output } from '../terminal/output.ts'
import { eventLine } from './event-line.ts'
import type { WatchedStudy } from './progress.ts'
import type { StudyDisplay } from './study-display.ts'

/** A line for each trial that ends. Where JSON is asked for, every event and epoch goes to standard output as well. */
export function plainDisplay(output: Output): StudyDisplay {
  let study: WatchedStudy | undefined
  return {
    begin(opened) {
      study = opened
    },
    onEvent({ seq, at, event }) {
      output.emit({ seq, at, ...event })
      const line = study === undefined ? undefined : eventLine(event, study.state, output.columns)
      if (line !== undefined) output.say(line)
    },
    onMeasured: (trial, measurement) => output.emit({ type: 'epoch', trial, ...measurement }),
    notice: (text) => output.warn(text),
    end() {},
  }
}
