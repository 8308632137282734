import type { StudyDisplay } from '../display/study-display.ts'
import type { ExitCode } from '../exit-codes.ts'
import { closing } from '../study/closing.ts'
import { runSession } from '../study/run-session.ts'
import type { Output } from '../terminal/output.ts'
import type { Beginning } from './announce.ts'
import type { Successor } from './successor.ts'

interface Retuning extends Beginning, Successor {
  readonly display: StudyDisplay
  readonly output: Output
  /** The command that goes on with it. */
  readonly again: string
}

/** Runs the new study to its end. */
export function tuneAgain(retuning: Retuning): Promise<ExitCode> {
  const { session, reading, score, display, output, again } = retuning
  return runSession({
    session,
    display,
    output,
    open: () => (reading === undefined ? session.prepared.create() : session.prepared.resume()),
    close: (study, reason) => {
      const rivals = score === undefined ? [] : [{ name: 'model in use', value: score }]
      const steps = reason === 'aborted' ? [`Go on with: ${again}`] : []
      closing({ study, reason, session, output, rivals, steps })
      return undefined
    },
  })
}
