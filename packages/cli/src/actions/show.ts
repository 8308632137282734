import type { StudiesOptions } from '../commands/output-options.ts'
import { showStudy } from '../study/show-study.ts'
import { isOpen, shownStates } from '../study/shown-state.ts'
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
  const store = openStore(studies)
  const reading = readStudyOf(store, name)
  const open = isOpen(store, name)
  const stateOf = shownStates(open)
  if (trial !== undefined) {
    const [{ showTrial }, { TrialCurves }, { rulesOfStudy }] = await Promise.all([
      import('../study/show-trial.ts'),
      import('../study/trial-curves.ts'),
      import('../study/rules-of-study.ts'),
    ])
    const rules = await rulesOfStudy(reading, { studies }, output)
    const curves = TrialCurves.of(store.open(name, 'read'))
    showTrial(reading, trial, { curves, stateOf, rules, studies }, output)
  } else if (importance) (await import('../study/show-importance.ts')).showImportance(reading, output)
  else showStudy(reading, { sort, stateOf, isOpen: open, studies }, output)
}
