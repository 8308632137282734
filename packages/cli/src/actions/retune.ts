import { resolve } from 'node:path'
import { RondoError, type StudyReading } from '@rondo/core'
import type { CommandContext } from '../commands/command-module.ts'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { defined } from '../config/defined.ts'
import { studyDisplay } from '../display/study-display.ts'
import { EXIT } from '../exit-codes.ts'
import type { StudyOptions } from '../flags/study-options.ts'
import { announce, type Beginning } from '../retuning/announce.ts'
import { conclude } from '../retuning/conclude.ts'
import { isCompared } from '../retuning/decision.ts'
import { familyOf } from '../retuning/family.ts'
import { incumbentScore } from '../retuning/incumbent-score.ts'
import { type ModelInUse, modelInUse } from '../retuning/model-in-use.ts'
import { type Successor, successor } from '../retuning/successor.ts'
import { tuneAgain } from '../retuning/tune-again.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { nextCommand } from '../study/next-command.ts'
import { printPlan } from '../study/plan.ts'
import { type PreparedSession, prepareSession } from '../study/prepare.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { finish } from './finish.ts'

/** Options of `rondo retune`. */
export interface RetuneOptions
  extends StudyPlaceOptions,
    Pick<StudyOptions, 'trials' | 'time' | 'patience' | 'workers'> {
  readonly dryRun?: boolean
  readonly verbose?: boolean
}

/**
 * Tunes a study again on newer rows, from the best params known, and puts the winner into use where it is credibly better
 * than the model in use on rows that neither was trained on. Goes on with what an interruption has left.
 */
export async function retune(
  name: string,
  data: string,
  options: RetuneOptions,
  context: CommandContext,
): Promise<void> {
  const { studies, dryRun = false, verbose = false, trials, time, patience, workers } = options
  const output = verbose ? { ...context.output, live: false } : context.output
  const store = openStore(studies)
  const source = readStudyOf(store, name)
  requireData(source, studies)
  const family = familyOf(
    name,
    store.list().map((entry) => entry.name),
  )
  const inUse = modelInUse(name, family, studies)
  const display = await studyDisplay(output)
  const flags = {
    ...flagsOfStudy(name, source.state.spec, options),
    ...defined({ trials, timeMs: time, patience }),
    data: resolve(data),
    warmStart: { study: inUse.study },
  }
  const prepare = (study: string): Promise<PreparedSession> =>
    prepareSession({ name: study, flags, verbose, observer: display, ...(workers && { workers }) })
  const before = [source, readStudyOf(store, inUse.study)]
  const next = await successor({ store, family, before, data, prepare })
  const study = next.session.prepared.name

  let evaluation = next.reading?.state.evaluations.find(isCompared)
  if (evaluation !== undefined) await next.session.prepared.dispose()
  else {
    const beginning = await beginningOf(next, inUse)
    announce(beginning, output)
    if (dryRun) {
      printPlan(next.session, output)
      await next.session.prepared.dispose()
      return
    }
    const again = nextCommand(['retune', name, data], studies)
    const code = await tuneAgain({ ...next, ...beginning, display, output, again })
    if (code !== EXIT.ok) {
      context.exitWith(code)
      return
    }
    evaluation = await finish(study, { studies, verbose }, { ...context, output }, inUse)
  }
  await conclude({ store, studies, family, study, evaluation, inUse, dryRun, ...next }, output)
}

/** Loads the model in use on the new rows, so that what it cannot take is told before anything is trained. */
async function beginningOf({ session }: Successor, inUse: ModelInUse): Promise<Beginning> {
  try {
    const rows = session.validationRows()
    const score = rows && (await incumbentScore(rows, inUse))
    return { session, inUse, score }
  } catch (error) {
    await session.prepared.dispose()
    throw error
  }
}

function requireData({ name, state }: StudyReading, studies: string): void {
  if (state.spec.fingerprint.data !== undefined) return
  throw new RondoError('RONDO_USAGE', {
    message: `Study “${name}” has no data, so that there are no newer rows to tune it on.`,
    place: { study: name },
    remedy: `Go on with it: ${nextCommand(['resume', name], studies)}`,
  })
}
