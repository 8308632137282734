import type { StudiesOptions } from '../commands/output-options.ts'
import { showStudy } from '../study/show-study.ts'
import { showTrial } from '../study/show-trial.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import type { Output } from '../terminal/output.ts'

/** Options of `rondo show`. */
export interface ShowOptions extends StudiesOptions {
  readonly trial?: number
  readonly importance?: boolean
  readonly sort: 'number' | 'value'
}

/** Prints a study, one of its trials, or which of its hyperparameters matter. */
export async function show(name: string, options: ShowOptions, output: Output): Promise<void> {
  const { studies, trial, importance = false, sort } = options
  const reading = readStudyOf(openStore(studies), name)
  if (trial !== undefined) showTrial(reading, trial, output)
  else if (importance) (await import('../study/show-importance.ts')).showImportance(reading, output)
  else showStudy(reading, sort, output)
}
