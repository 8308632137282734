import { join, relative } from 'node:path'
import type { Evaluation, Incumbent } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { finishDisplay } from '../display/finish-display.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { listenForInterruption } from '../study/interruption.ts'
import { nextCommand } from '../study/next-command.ts'
import { prepareSession } from '../study/prepare.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { printVerdict } from '../study/verdict.ts'

/** Models that are made of the winner, each with a seed of its own: enough to tell the spread. */
const REFITS = 3

/** Options of `rondo finish`. */
export interface FinishOptions extends StudyPlaceOptions {
  readonly verbose?: boolean
}

/** Opens the test rows of a study and scores its winner on them, beside the incumbent where there is one. */
export async function finish(
  name: string,
  options: FinishOptions,
  { output, exitWith }: CommandContext,
  incumbent?: Incumbent,
): Promise<Evaluation> {
  const { studies, file, verbose = false } = options
  const display = finishDisplay(verbose ? { ...output, live: false } : output, REFITS)
  const { state } = readStudyOf(openStore(studies), name)
  const session = await prepareSession({
    flags: flagsOfStudy(name, state.spec, { studies, file }),
    name,
    verbose,
    observer: display,
  })
  const study = session.prepared.resume()
  const interruption = listenForInterruption((notice) => display.notice(notice))
  try {
    display.begin(study)
    const evaluation = await study
      .evaluate(interruption.signal, REFITS, incumbent)
      .finally(() => display.end())
    printVerdict({ study: name, evaluation, spec: state.spec, seen: study.state.evaluations.length }, output)
    if (session.folder !== undefined && incumbent === undefined) {
      const model = join(relative(process.cwd(), session.folder), 'best')
      output.say('')
      output.say(`Predict new rows with: ${nextCommand(['predict', model, 'new.csv'])}`)
    }
    return evaluation
  } finally {
    if (interruption.exitCode !== undefined) exitWith(interruption.exitCode)
    interruption.release()
    await study.dispose()
  }
}
