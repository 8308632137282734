import type { LoggedEvent, Logger, StudyObserver } from '@rondo/core'

/** Passes everything on, and writes each event to the log: what happened when, for someone who looks for a fault. */
export function loggingObserver(logger: Logger, next: StudyObserver): StudyObserver {
  return {
    onEvent(logged) {
      logger.info({ seq: logged.seq, ...summary(logged) }, logged.event.type)
      next.onEvent?.(logged)
    },
    onMeasured(trial, measurement) {
      logger.debug({ trial, ...measurement }, 'epoch measured')
      next.onMeasured?.(trial, measurement)
    },
  }
}

/** Without what fills pages: measurements and memos are in the study's own log. */
function summary({ event }: LoggedEvent): object {
  const { type: _, ...rest } = event
  if ('measurements' in rest) return { ...rest, measurements: rest.measurements.length }
  if ('memo' in rest) return { ...rest, memo: undefined }
  return 'spec' in rest ? { overrides: rest.spec.overrides, limits: rest.spec.limits } : rest
}
