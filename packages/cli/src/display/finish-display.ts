import { defaultLabel, type LoggedEvent, type Measurement, machineClock, type StudyState } from '@rondo/core'
import { bar } from '../terminal/bar.ts'
import { clip } from '../terminal/clip.ts'
import type { Output } from '../terminal/output.ts'
import { duration } from '../terminal/quantities.ts'
import { wrap } from '../terminal/wrap.ts'
import { liveBlock } from './live-block.ts'
import type { StudyDisplay } from './study-display.ts'

const REDRAW_MS = 125
const BAR = 24

/** Follows `finish` in a terminal: the last trainings of the winner and of the untuned default, then the scoring. */
export function finishDisplay(output: Output, refits: number): StudyDisplay {
  const block = output.live ? liveBlock(output.stream, () => draw()) : undefined
  const work = new FinishWork()
  let drawnAt = 0
  const draw = (): void => {
    drawnAt = machineClock.monotonic()
    block?.draw(`\n${clip(work.line(drawnAt), output.columns - 1)}`)
  }
  return {
    begin({ state }) {
      work.begin(state, refits, machineClock.monotonic())
      draw()
    },
    onEvent({ event }: LoggedEvent) {
      if (event.type !== 'trial.refitted') return
      work.modelDone()
      draw()
    },
    onMeasured(_trial: number, _measurement: Measurement) {
      work.epochDone()
      if (machineClock.monotonic() - drawnAt >= REDRAW_MS) draw()
    },
    notice(text) {
      block?.clear()
      for (const line of wrap(text, output.columns - 1)) output.warn(line)
    },
    end: () => block?.end(),
  }
}

/** How far it is, in epochs: of the models there may be several under way. */
class FinishWork {
  #rival = ''
  #epochs = 0
  #epochsDone = 0
  #models = 0
  #modelsDone = 0
  #beganAt = 0

  begin({ best, untuned, refits: done, spec }: StudyState, refits: number, now: number): void {
    this.#rival = defaultLabel(spec)
    const winners = Array.from({ length: refits }, () => best)
    const others = untuned?.model === undefined || untuned === best ? [] : [untuned]
    const all = [...winners, ...others].flatMap((trial) => (trial === undefined ? [] : [trial]))
    const left = all.slice(done.length)
    this.#models = all.length
    this.#modelsDone = all.length - left.length
    this.#epochs = left.reduce((sum, { bestEpoch, reached }) => sum + (bestEpoch ?? reached.epochs), 0)
    this.#beganAt = now
  }

  epochDone(): void {
    this.#epochsDone = Math.min(this.#epochs, this.#epochsDone + 1)
  }

  modelDone(): void {
    this.#modelsDone++
  }

  line(now: number): string {
    if (this.#modelsDone >= this.#models) return 'scoring on the test rows'
    const share = this.#epochs === 0 ? 0 : this.#epochsDone / this.#epochs
    const left = share === 0 ? '' : ` · about ${duration(((now - this.#beganAt) / share) * (1 - share))} left`
    return `${bar(share, BAR)}  winner and ${this.#rival} again: ${this.#modelsDone}/${this.#models} models${left}`
  }
}
