import type { StudyLimits } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { defined } from '../config/defined.ts'
import { studyDisplay } from '../display/study-display.ts'
import type { StudyOptions } from '../flags/study-options.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'
import { openStore, readStudyOf } from '../study/stores.ts'

/** Options of `rondo resume`. */
export interface ResumeOptions
  extends StudyPlaceOptions,
    Pick<StudyOptions, 'trials' | 'time' | 'patience' | 'workers'> {
  readonly verbose?: boolean
}

/** Goes on with a study, with other limits where some are given. */
export async function resume(name: string, options: ResumeOptions, context: CommandContext): Promise<void> {
  const { studies, file, verbose = false, trials, time, patience, workers } = options
  const { state } = readStudyOf(openStore(studies), name)
  const given: StudyLimits = defined({ trials, timeMs: time, patience })
  const limits = Object.keys(given).length === 0 ? undefined : { ...state.limits, ...given }
  const output = verbose ? { ...context.output, live: false } : context.output
  const display = await studyDisplay(output)
  const session = await prepareSession({
    flags: flagsOfStudy(name, state.spec, { studies, file }),
    ...(workers !== undefined && { workers }),
    name,
    verbose,
    observer: display,
  })
  context.exitWith(
    await runSession({ session, display, output, open: () => session.prepared.resume(limits) }),
  )
}
