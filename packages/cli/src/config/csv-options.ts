import type { CsvOptions } from '@rondo/dataset'
import type { ColumnFlags } from '../flags/study-flags.ts'

/** The columns of the command line as options of `csv`. */
export function csvOptions({ target, ...options }: ColumnFlags): Partial<CsvOptions> {
  const columns = target?.length === 1 ? target[0] : target
  // What words the flags take is checked where they are read, and again where the options are composed.
  return { ...options, ...(columns === undefined ? {} : { target: columns }) } as Partial<CsvOptions>
}
