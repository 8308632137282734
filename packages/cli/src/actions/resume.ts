import { RondoError, type StudyLimits, type StudyState } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { defined } from '../config/defined.ts'
import { studyDisplay } from '../display/study-display.ts'
import type { StudyOptions } from '../flags/study-options.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { nextCommand } from '../study/next-command.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { accountInWords, trialAccount } from '../study/trial-counts.ts'

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
  if (trials !== undefined) requireRoom(name, state, { studies, trials })
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

/** The limit counts the trials of all sessions. @throws RONDO_USAGE where there are more than it allows. */
function requireRoom(
  name: string,
  state: StudyState,
  { studies, trials }: { readonly studies: string; readonly trials: number },
): void {
  const { searched, byHand } = trialAccount(state)
  if (trials >= searched) return
  const more = nextCommand(['resume', name, '--trials', searched + trials], studies)
  throw new RondoError('RONDO_USAGE', {
    message: `Study “${name}” has ${accountInWords({ searched, byHand })} already, and --trials counts those of all sessions but by hand.`,
    value: trials,
    place: { field: '--trials', study: name },
    remedy: `Give more than ${searched}, as in \`${more}\`, or --time.`,
  })
}
