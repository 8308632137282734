import { RondoError } from '@rondo/core'
import type { ColumnFlags } from './study-flags.ts'

/** The flag of each option of `csv` that the command line has. */
const FLAGS: { readonly [option in keyof Required<ColumnFlags>]: string } = {
  target: '--target',
  task: '--task',
  horizon: '--horizon',
  features: '--features',
  known: '--known',
  time: '--time-column',
  id: '--id-column',
  calendar: '--calendar',
  missing: '--missing',
  scale: '--scale',
  test: '--test',
  strategy: '--strategy',
  lags: '--lags',
  seasons: '--seasons',
  gaps: '--gaps',
  testBy: '--test-by',
  scaleBy: '--scale-by',
  quantiles: '--quantiles',
  intervals: '--intervals',
  classWeights: '--class-weights',
  positive: '--positive',
  threshold: '--threshold',
  separator: '--separator',
  decimal: '--decimal',
}

/** The flag of an option. */
export const columnFlag = (option: keyof ColumnFlags): string => FLAGS[option]

/** An error about a data file that the command line described: its remedy speaks of flags instead of options. */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof RondoError)) return error
  const { code, message, value, place, cause } = error
  const remedy = error.remedy.replaceAll(/`(\w+)`/g, (words, option: string) =>
    option in FLAGS ? FLAGS[option as keyof ColumnFlags] : words,
  )
  if (remedy === error.remedy) return error
  return new RondoError(code, { message, ...(value === undefined ? {} : { value }), place, remedy, cause })
}
