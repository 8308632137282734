import { type Budget, covers, RondoError, type StudyReading } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { trialDisplay } from '../display/trial-display.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { nextCommand } from '../study/next-command.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { bestOf, trialClosing } from '../study/trial-closing.ts'
import { TrialCurves } from '../study/trial-curves.ts'
import { count } from '../terminal/quantities.ts'

/** Options of `rondo extend`. */
export interface ExtendOptions extends StudyPlaceOptions {
  readonly epochs?: number
  readonly folds?: number
  readonly verbose?: boolean
}

/** Trains a trial further, from its last checkpoint. */
export async function extend(
  name: string,
  trial: number,
  options: ExtendOptions,
  { output: terminal, exitWith }: CommandContext,
): Promise<void> {
  const { studies, file, epochs, folds, verbose = false } = options
  const store = openStore(studies)
  const reading = readStudyOf(store, name)
  const budget = budgetOf(reading, trial, { studies, epochs, folds })
  const output = verbose ? { ...terminal, live: false } : terminal
  const curves = TrialCurves.of(store.open(name, 'read'))
  const display = await trialDisplay(output, curves)
  const flags = flagsOfStudy(name, reading.state.spec, { studies, file })
  const session = await prepareSession({ flags, name, verbose, workers: 1, observer: display })
  const before = bestOf(reading.state)
  exitWith(
    await runSession({
      session,
      display,
      output,
      open: () => session.prepared.resume(),
      work: (study, signal) => {
        study.extend(trial, budget)
        return study.run(signal, { trials: 0 })
      },
      close: (study) => trialClosing({ study, trial, before, curves, session, output }),
    }),
  )
}

/** What is not given stays as far as the trial has come. */
function budgetOf(
  { state, name }: StudyReading,
  trial: number,
  {
    studies,
    epochs,
    folds,
  }: {
    readonly studies: string
    readonly epochs: number | undefined
    readonly folds: number | undefined
  },
): Budget {
  if (epochs === undefined && folds === undefined) {
    const whole = nextCommand(['extend', name, trial, '--epochs', state.fullBudget.epochs], studies)
    throw new RondoError('RONDO_USAGE', {
      message: 'Nothing says how far the trial is to be taken.',
      place: { field: '--epochs' },
      remedy: `Say it with --epochs, as in \`${whole}\`.`,
    })
  }
  const reached = state.trials[trial]?.reached ?? { epochs: 1, folds: 1 }
  const budget = { epochs: epochs ?? reached.epochs, folds: folds ?? reached.folds }
  if (covers(state.fullBudget, budget)) return budget
  // Schedules of learning rate and dropout span the full budget: beyond it they say nothing.
  const { epochs: most, folds: all } = state.fullBudget
  throw new RondoError('RONDO_USAGE', {
    message: `A trial of study “${name}” has at most ${count(most, 'epoch')} on ${count(all, 'fold')}.`,
    value: { ...budget },
    place: { study: name, trial },
    remedy: 'Begin a study with more, by --epochs or --folds and another --study.',
  })
}
