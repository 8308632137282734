import pino from 'pino'

/** Lines kept until there is a file for them; more than that is a plugin gone wild before the study is open. */
const KEPT_LINES = 1000

/** A log file that can be written to before its folder exists. */
export interface LogFile {
  /** A line with its line end. */
  write(line: string): void
  /** Opens the file, and writes what has been kept so far. */
  open(path: string): void
  close(): void
}

/** The log of a study: its folder is made when the study is created, after the plugins that write to it. */
export function logFile(): LogFile {
  const kept: string[] = []
  let file: ReturnType<typeof pino.destination> | undefined
  return {
    write(line) {
      if (file !== undefined) file.write(line)
      else if (kept.length < KEPT_LINES) kept.push(line)
    },
    open(path) {
      file = pino.destination({ dest: path, append: true, sync: true })
      for (const line of kept.splice(0)) file.write(line)
    },
    close() {
      file?.end()
      file = undefined
    },
  }
}
