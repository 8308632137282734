import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { listenForInterruption } from '../study/interruption.ts'
import { prepareSession } from '../study/prepare.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { printVerdict } from '../study/verdict.ts'

/** Options of `rondo finish`. */
export interface FinishOptions extends StudyPlaceOptions {
  readonly verbose?: boolean
}

/** Opens the test rows of a study and scores its winner on them. */
export async function finish(
  name: string,
  options: FinishOptions,
  { output, exitWith }: CommandContext,
): Promise<void> {
  const { studies, file, verbose = false } = options
  const { state } = readStudyOf(openStore(studies), name)
  const session = await prepareSession({
    flags: flagsOfStudy(name, state.spec, { studies, file }),
    name,
    // One model after the other is trained and scored: not worth more than one worker's start.
    workers: 1,
    verbose,
  })
  const study = session.prepared.resume()
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
