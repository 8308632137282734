import { RondoError, type Study } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import { trialDisplay } from '../display/trial-display.ts'
import { chosenParams, type ParamOptions } from '../flags/param-options.ts'
import { type StudyOptions, studyFlags } from '../flags/study-options.ts'
import { locateStudy } from '../study/locate-study.ts'
import { completeParams, paramsOfTrial } from '../study/manual-params.ts'
import { prepareSession } from '../study/prepare.ts'
import { runSession } from '../study/run-session.ts'
import { bestOf, trialClosing } from '../study/trial-closing.ts'
import { TrialCurves } from '../study/trial-curves.ts'

/** Options of `rondo train`. */
export interface TrainOptions extends ParamOptions, Omit<StudyOptions, 'window'> {
  readonly from?: number | 'best'
  readonly study?: string
  readonly studies?: string
  readonly verbose?: boolean
}

/** Trains one trial whose params are chosen by hand, in the study of a file; the study is begun where it is not there. */
export async function train(
  file: string | undefined,
  options: TrainOptions,
  { output: terminal, exitWith }: CommandContext,
): Promise<void> {
  const { from, study: named, studies, verbose = false, window: _, ...rest } = options
  const { name, flags, reading } = await locateStudy({ file, study: named, studies }, studyFlags(rest))
  const base = from === undefined ? {} : paramsOfTrial(reading ?? noStudy(name, from), from)
  const output = verbose ? { ...terminal, live: false } : terminal
  const curves = new TrialCurves()
  const display = await trialDisplay(output, curves)
  const session = await prepareSession({ flags, name, verbose, workers: 1, observer: display })
  const { prepared } = session
  const params = await orDispose(prepared, () => completeParams(prepared.space, base, chosenParams(options)))
  const same = reading?.state.trials.find(
    (trial) => prepared.space.keyOf(trial.params) === prepared.space.keyOf(params),
  )
  if (same !== undefined) {
    output.say(`Trial ${same.number} had the same params; this one repeats it with other random numbers.`)
  }
  let trial = 0
  let before: ReturnType<typeof bestOf>
  const work = (study: Study, signal: AbortSignal): ReturnType<Study['run']> => {
    const { state } = study
    before = bestOf(state)
    study.enqueue(params)
    // Params that a config has enqueued, or that an interruption left waiting, are tried before.
    const trials = state.enqueued.length - state.dequeued
    trial = state.trials.length + trials - 1
    return study.run(signal, { trials })
  }
  exitWith(
    await runSession({
      session,
      display,
      output,
      open: () => (reading === undefined ? prepared.create() : prepared.resume()),
      work,
      close: (study) => trialClosing({ study, trial, before, curves, session, output }),
    }),
  )
}

async function orDispose<T>(prepared: { dispose(): Promise<void> }, work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    await prepared.dispose()
    throw error
  }
}

function noStudy(study: string, from: number | 'best'): never {
  throw new RondoError('RONDO_STUDY_NOT_FOUND', {
    message: `There is no study “${study}” yet, so that --from ${from} has nothing to start from.`,
    value: study,
    place: { field: '--from', study },
    remedy: 'Leave --from out, or tune first.',
  })
}
