import { join } from 'node:path'
import type { StopReason, Study } from '@rondo/core'
import type { StudyDisplay } from '../display/study-display.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Output } from '../terminal/output.ts'
import { closing } from './closing.ts'
import { listenForInterruption } from './interruption.ts'
import type { PreparedSession } from './prepare.ts'

/** Runs an open study to its end, shows it meanwhile and sums it up. Says what the process is to end with. */
export async function runSession(
  session: PreparedSession,
  open: () => Study,
  display: StudyDisplay,
  output: Output,
): Promise<ExitCode> {
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
      reason = await study.run(interruption.signal)
    } finally {
      display.end()
    }
    closing({ study, reason, session, output })
    if (reason === 'aborted') return interruption.exitCode ?? EXIT.interrupted
    return study.state.best === undefined ? EXIT.noResult : EXIT.ok
  } catch (error) {
    log.logger.error({ err: error }, 'the study ended with an error')
    throw error
  } finally {
    interruption.release()
    await study.dispose()
    log.file.close()
  }
}
