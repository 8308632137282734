import { type ErrorPlace, RondoError } from '@rondo/core'
import type { Column, Plan, Prediction, Table } from '@rondo/dataset'

/** Of each series, by its id, the rows at its end of which only what is known ahead is given, in their order. */
export type RowsAhead = ReadonlyMap<string, readonly number[]>

/** The inputs of a plan that are known ahead. */
export const knownInputs = ({ inputs }: Plan): readonly string[] =>
  inputs.flatMap((input) => (input.kind !== 'lag' && input.known === true ? [input.name] : []))

/** The rows that a table gives to predict. */
export function rowsAhead(table: Table, plan: Plan): RowsAhead {
  const known = new Set(knownInputs(plan))
  const names = new Set(
    [...plan.targets, ...plan.inputs.map(({ name }) => name)].filter((name) => !known.has(name)),
  )
  const past = table.columns.filter(({ name }) => names.has(name))
  const time = table.columns.find(({ name }) => name === plan.time)
  const order = Array.from({ length: table.rows }, (_, row) => row)
  if (time !== undefined && time.kind !== 'text') order.sort((a, b) => time.values[a]! - time.values[b]!)
  const id = table.columns.find(({ name }) => name === plan.id)
  const series = Map.groupBy(order, (row) => (id === undefined ? '' : textAt(id, row)))
  return new Map(
    [...series].map(([name, rows]) => {
      const last = rows.findLastIndex((row) => past.some((column) => isGiven(column, row)))
      return [name, rows.slice(last + 1)]
    }),
  )
}

/**
 * @param count Rows that each series is to end with.
 * @throws RONDO_DATA_TOO_FEW_ROWS saying how many rows to add, and what stands in them.
 */
export function requireAhead(table: Table, plan: Plan, ahead: RowsAhead, count: number): void {
  const short = [...ahead].find(([, rows]) => rows.length < count)
  if (short === undefined) return
  const [series, { length: given }] = short
  const known = knownInputs(plan)
  const filled = [plan.id, plan.time, ...known].filter((name) => name !== undefined)
  throw new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message: `${table.name} does not tell ${known.join(', ')} of the ${count} rows that are needed for so many steps${series === '' ? '' : ` of “${series}”`}: it ends with ${given} of them.`,
    value: given,
    place: lastPlace(table),
    remedy: `Add ${count - given} ${count - given === 1 ? 'row' : 'rows'} at the end in which only ${filled.join(', ')} are filled in${plan.id === undefined ? '' : ', for each series'}, or ask for fewer --steps.`,
  })
}

/**
 * The table up to `end` rows ahead of what was recorded; those of them that were predicted have their predictions as their
 * targets.
 */
export function tableUpTo(
  table: Table,
  plan: Plan,
  {
    ahead,
    end,
    predicted,
  }: { readonly ahead: RowsAhead; readonly end: number; readonly predicted: readonly Prediction[] },
): Table {
  const beyond = new Set([...ahead.values()].flatMap((rows) => rows.slice(end)))
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter((row) => !beyond.has(row))
  const values = new Map(predicted.map(({ id = '', step, values }) => [ahead.get(id)?.[step - 1], values]))
  return {
    ...table,
    rows: kept.length,
    columns: table.columns.map((column): Column => {
      if (column.kind === 'text')
        return { ...column, codes: Int32Array.from(kept, (row) => column.codes[row]!) }
      const { name } = column
      const valueAt = (row: number): number =>
        Number((plan.targets.includes(name) ? values.get(row)?.[name] : undefined) ?? column.values[row])
      return { ...column, values: Float64Array.from(kept, valueAt) }
    }),
    place: (row) => table.place(kept[row]!),
  }
}

const isGiven = (column: Column, row: number): boolean =>
  column.kind === 'text' ? column.codes[row]! >= 0 : !Number.isNaN(column.values[row])

const textAt = (column: Column, row: number): string =>
  column.kind === 'text' ? (column.dictionary[column.codes[row]!] ?? '') : String(column.values[row])

const lastPlace = (table: Table): ErrorPlace => table.place(table.rows - 1)
