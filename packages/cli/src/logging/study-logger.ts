import { definePlugin, LOGGER, type Logger, type Plugin } from '@rondo/core'
import pino from 'pino'
import { type LogFile, logFile } from './log-file.ts'

/** The logger of a study, and the file behind it. */
export interface StudyLogger {
  readonly plugin: Plugin<Logger>
  readonly logger: Logger
  readonly file: LogFile
}

/** Logs as JSON lines into a file of the study; where `verbose`, readable on standard error as well. */
export async function studyLogger(verbose: boolean): Promise<StudyLogger> {
  const file = logFile()
  const streams: pino.StreamEntry[] = [{ level: 'debug', stream: file }]
  if (verbose) {
    const { default: pretty } = await import('pino-pretty')
    const stream = pretty({
      destination: 2,
      sync: true,
      colorize: process.stderr.hasColors?.() ?? false,
      ignore: 'pid,hostname',
      translateTime: 'SYS:HH:MM:ss',
    })
    streams.push({ level: 'debug', stream })
  }
  const logger = pino({ level: 'debug' }, pino.multistream(streams))
  return {
    plugin: definePlugin({ name: 'pino', provides: LOGGER, scope: 'process', create: () => logger }),
    logger,
    file,
  }
}
