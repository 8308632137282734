import { resolve } from 'node:path'
import type { CommandContext } from '../commands/command-module.ts'
import { defaultConfig } from '../config/find-config.ts'
import { studyDisplay } from '../display/study-display.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import { fileFlags, type StudyOptions, studyFlags } from '../flags/study-options.ts'
import { printPlan } from '../study/plan.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'

/** Options of `rondo tune`. */
export interface TuneOptions extends StudyOptions {
  readonly study?: string
  readonly studies?: string
  readonly dryRun?: boolean
  readonly verbose?: boolean
}

/** Begins a study and runs it; with `dryRun`, says what that would be. */
export async function tune(
  file: string | undefined,
  options: TuneOptions,
  context: CommandContext,
): Promise<void> {
  const { study: name, studies, dryRun = false, verbose = false } = options
  const flags: StudyFlags = {
    ...fileFlags(file ?? defaultConfig()),
    ...studyFlags(options),
    ...(studies === undefined ? {} : { studies: resolve(studies) }),
  }
  const output = verbose ? { ...context.output, live: false } : context.output
  const display = await studyDisplay(output)
  const session = await prepareSession({
    flags,
    verbose,
    observer: display,
    ...(name !== undefined && { name }),
  })
  if (dryRun) {
    printPlan(session, output)
    await session.prepared.dispose()
    return
  }
  context.exitWith(await runSession({ session, display, output, open: () => session.prepared.create() }))
}
