import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, DATASET, type Fold } from '@rondo/core'
import { onTestFinished } from 'vitest'
import { type CsvOptions, csv, type TableDataset } from '../src/index.ts'

export const BIRTHS = join(import.meta.dirname, '../../../examples/births/births.csv')
export const WEATHER = join(import.meta.dirname, '../../../examples/weather/seattle-weather.csv')

/** Writes a file that is there until the test has ended. */
export function file(content: string | Uint8Array, name = 'data.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-dataset-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Loads a dataset as a study does. */
export async function load(path: string | readonly string[], options: CsvOptions): Promise<TableDataset> {
  return (await compose([csv(path, options)])
    .resolve(DATASET)
    .load()) as TableDataset
}

/** A header and rows as CSV. */
export const table = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`

/** `count` days from 2020-01-01 on, with columns computed from the number of the day. */
export function daily(
  count: number,
  columns: { readonly [name: string]: (day: number) => number | string },
): string {
  const names = Object.keys(columns)
  return table(
    `date,${names.join(',')}`,
    Array.from({ length: count }, (_, day) => [dayOf(day), ...names.map((name) => columns[name]!(day))]),
  )
}

export const dayOf = (day: number): string => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)

/** The first share of the targets to train on, the rest to validate on. */
export function cut(targets: Int32Array, share = 0.8): Fold {
  const at = Math.floor(share * targets.length)
  return { train: targets.slice(0, at), validation: targets.slice(at) }
}

/** What an error of the catalogue says, for comparisons. */
export async function errorOf(work: Promise<unknown>): Promise<{
  readonly code: string
  readonly message: string
  readonly value: unknown
  readonly place: { readonly file?: string; readonly row?: number; readonly column?: string }
  readonly remedy: string
}> {
  return work.then(
    () => {
      throw new Error('expected an error')
    },
    (error: unknown) => error as Awaited<ReturnType<typeof errorOf>>,
  )
}
