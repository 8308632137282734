import { join } from 'node:path'
import type { StopReason, Study } from '@rondo/core'
import type { StudyDisplay } from '../display/study-display.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Output } from '../terminal/output.ts'
import { closing } from './closing.ts'
import { listenForInterruption } from './interruption.ts'
import type { PreparedSession } from './prepare.ts'

/** A study to be opened, worked on and summed up. */
export interface SessionRun {
  readonly session: PreparedSession
  readonly open: () => Study
  readonly display: StudyDisplay
  readonly output: Output
  /** What is done with the open study; it is run to its end where absent. */
  readonly work?: (study: Study, signal: AbortSignal) => Promise<StopReason>
  /** Sums up; says what the process is to end with, where that is not what the study says. */
  readonly close?: (study: Study, reason: StopReason) => ExitCode | undefined
}

/** Runs an open study to its end, shows it meanwhile and sums it up. Says what the process is to end with. */
export async function runSession(run: SessionRun): Promise<ExitCode> {
  const { session, open, display, output } = run
  const { log, folder, prepared } = session
  let study: Study
  try {
    study = open()
  } catch (error) {
    await prepared.dispose()
    throw error
  }
  if (folder !== undefined) log.file.open(join(folder, 'rondo.log'))
  const interruption = listenForInterruption((notice) => display.notice(notice))
  try {
    display.begin(study)
    let reason: StopReason
    try {
      reason = await (run.work?.(study, interruption.signal) ?? study.run(interruption.signal))
    } finally {
      display.end()
    }
    if (run.close === undefined) closing({ study, reason, session, output })
    const ends = run.close?.(study, reason)
    if (reason === 'aborted') return interruption.exitCode ?? EXIT.interrupted
    return ends ?? (study.state.best === undefined ? EXIT.noResult : EXIT.ok)
  } catch (error) {
    log.logger.error({ err: error }, 'the study ended with an error')
    throw error
  } finally {
    interruption.release()
    await study.dispose()
    log.file.close()
  }
}
