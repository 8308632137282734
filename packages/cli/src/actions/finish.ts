import type { CommandContext } from '../commands/command-module.ts'
import type { StudiesOptions } from '../commands/output-options.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { listenForInterruption } from '../study/interruption.ts'
import { prepareSession } from '../study/prepare.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { printVerdict } from '../study/verdict.ts'

/** Options of `rondo finish`. */
export interface FinishOptions extends StudiesOptions {
  readonly verbose?: boolean
}

/** Opens the test rows of a study and scores its winner on them. */
export async function finish(
  name: string,
  options: FinishOptions,
  { output, exitWith }: CommandContext,
): Promise<void> {
  const { studies, verbose = false } = options
  const { state } = readStudyOf(openStore(studies), name)
  const session = await prepareSession({
    // Two models are scored: not worth more than one worker's start.
    flags: { ...flagsOfStudy(name, state.spec, studies), workers: 1 },
    name,
    verbose,
  })
  const study = session.prepared.resume(state.limits)
  const interruption = listenForInterruption((notice) => output.warn(notice))
  try {
    const evaluation = await study.evaluate(interruption.signal)
    printVerdict(
      { study: name, evaluation, objective: state.spec.objective, seen: study.state.evaluations.length },
      output,
    )
  } finally {
    if (interruption.exitCode !== undefined) exitWith(interruption.exitCode)
    interruption.release()
    await study.dispose()
  }
}
