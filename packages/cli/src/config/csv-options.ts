import type { ColumnFlags } from '../flags/study-flags.ts'

/** The columns of the command line as options of `csv`. */
export function csvOptions({ target, ...options }: ColumnFlags): object {
  return { ...options, ...(target === undefined ? {} : { target: target.length === 1 ? target[0] : target }) }
}
