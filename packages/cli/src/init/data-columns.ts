import { didYouMean, RondoError } from '@rondo/core'
import { type Column, readTable } from '@rondo/dataset'

/** The columns of a file, as far as a config needs to know them. */
export interface DataColumns {
  readonly all: readonly string[]
  /** Those of numbers. */
  readonly numbers: readonly string[]
  readonly hasTime: boolean
  /** Whether a field is empty, times left aside: those cannot be filled in. */
  readonly hasMissing: boolean
  /** @throws RONDO_DATA_COLUMN_MISSING where one of the names is none. */
  require(names: readonly string[]): readonly string[]
}

function isMissingSome(column: Column): boolean {
  if (column.kind === 'text') return column.codes.some((code) => code < 0)
  return column.kind === 'number' && column.values.some(Number.isNaN)
}

/** Reads the columns of a CSV file. @throws data errors */
export async function readColumns(file: string): Promise<DataColumns> {
  const { columns } = await readTable(file)
  const all = columns.map(({ name }) => name)
  return {
    all,
    numbers: columns.filter(({ kind }) => kind === 'number').map(({ name }) => name),
    hasTime: columns.some(({ kind }) => kind === 'time'),
    hasMissing: columns.some(isMissingSome),
    require(names) {
      const missing = names.find((name) => !all.includes(name))
      if (missing === undefined) return names
      throw new RondoError('RONDO_DATA_COLUMN_MISSING', {
        message: `${file} has no column “${missing}”.${didYouMean(missing, all)}`,
        value: missing,
        place: { file, row: 1, column: missing },
        remedy: `Use one of ${all.join(', ')}.`,
      })
    },
  }
}
