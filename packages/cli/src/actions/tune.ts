import { resolve } from 'node:path'
import type { Study } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import { defaultConfig } from '../config/find-config.ts'
import { studyDisplay } from '../display/study-display.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import { fileFlags, type StudyOptions, studyFlags } from '../flags/study-options.ts'
import { printPlan } from '../study/plan.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'
import { tuneSome } from '../study/tune-some.ts'

/** Options of `rondo tune`. */
export interface TuneOptions extends StudyOptions {
  readonly tune?: readonly string[]
  readonly study?: string
  readonly studies?: string
  readonly dryRun?: boolean
  readonly resume?: boolean
  readonly verbose?: boolean
}

/** Begins a study and runs it; with `dryRun`, says what that would be. */
export async function tune(
  file: string | undefined,
  options: TuneOptions,
  context: CommandContext,
): Promise<void> {
  const { dryRun = false, resume = false, verbose = false } = options
  const output = verbose ? { ...context.output, live: false } : context.output
  const { name, flags, heldAt } = await wanted(file, options)
  if (heldAt !== undefined) output.say(`Tunes ${options.tune!.join(', ')}; the others are held at ${heldAt}.`)
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
  const { prepared } = session
  const open = (): Study => (resume && prepared.exists() ? prepared.resume() : prepared.create())
  context.exitWith(await runSession({ session, display, output, open }))
}

interface Wanted {
  readonly name?: string | undefined
  readonly flags: StudyFlags
  readonly heldAt?: string
}

async function wanted(file: string | undefined, options: TuneOptions): Promise<Wanted> {
  const { tune: tuned, study, studies } = options
  const given = studyFlags(options)
  if (tuned !== undefined) return tuneSome([...new Set(tuned)], { file, study, studies }, given)
  const flags = {
    ...fileFlags(file ?? defaultConfig()),
    ...given,
    ...(studies === undefined ? {} : { studies: resolve(studies) }),
  }
  return { name: study, flags }
}
