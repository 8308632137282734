import { RondoError } from '@rondo/core'
import type { Plan } from '../plan.ts'
import { columnOf, fileOf, numbersOf, timesOf, where } from '../table/columns.ts'
import type { Column, Table } from '../table/table.ts'
import { fillCodes, fillForward } from './fill.ts'
import { type Frame, originsOf, recordedFrom, seriesOf, takeRows } from './frame.ts'
import { markFuture } from './future.ts'
import { gatherFloats, rowsWhere } from './gather.ts'
import { checkTimes, orderRows, type RowOrder } from './order.ts'
import { detectTimeStep, type TimeStep } from './time-step.ts'

/** A frame with what was found out on the way. */
export interface BuiltFrame {
  readonly frame: Frame
  readonly step?: TimeStep
  readonly reasons: readonly string[]
}

/** How a table is read: `learning` needs every target column, `predicting` only those that are inputs. */
export type FramePurpose = 'learning' | 'predicting'

/**
 * Orders the rows, checks times, and deals with missing values as the plan says.
 * @throws RONDO_DATA_TIME, RONDO_DATA_MISSING_VALUE, RONDO_DATA_CATEGORY, RONDO_DATA_NOT_A_NUMBER,
 * RONDO_DATA_INFINITE, RONDO_DATA_COLUMN_MISSING, RONDO_DATA_TOO_FEW_ROWS
 */
export function buildFrame(
  table: Table,
  plan: Omit<Plan, 'step' | 'calendar'>,
  purpose: FramePurpose,
): BuiltFrame {
  const reasons: string[] = []
  const time = plan.time === undefined ? undefined : timesOf(table, columnOf(table, plan.time, 'time'))
  const id = plan.id === undefined ? undefined : columnOf(table, plan.id, 'id')
  const order = orderRows(table, time, id, plan.sequences)
  if (order.sorted)
    reasons.push(`rows: put in the order of ${[id?.name, time?.name].filter(Boolean).join(', then ')}`)
  // A sequence's rows may lie anyhow apart; a series of steps may not.
  const distance =
    time === undefined || !time.values.every(Number.isInteger) ? undefined : stepOf(time.values, order)
  const step = time?.kind === 'time' ? distance : undefined
  if (time !== undefined) checkTimes(table, time, order, plan.sequences ? undefined : distance, plan.gaps)
  const unfilled = gather(table, plan, order, time, id, purpose)
  const { frame, dropped } = withoutMissing(table, plan, unfilled, purpose)
  if (dropped > 0) reasons.push(`rows: ${dropped} left out for missing values (missing: ${plan.missing})`)
  if (frame.rows === 0) {
    throw new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
      message: `No row of ${table.name} has all the values that are used.`,
      value: 0,
      place: fileOf(table),
    })
  }
  return { frame, ...(step && { step }), reasons }
}

function stepOf(times: Float64Array, { rows, groups }: RowOrder): TimeStep | undefined {
  const ordered = gatherFloats(times, rows)
  if (groups === undefined) return detectTimeStep([ordered])
  const series: Float64Array[] = []
  let from = 0
  for (let i = 1; i <= rows.length; i++) {
    if (i === rows.length || groups[i] !== groups[i - 1]) {
      series.push(ordered.subarray(from, i))
      from = i
    }
  }
  return detectTimeStep(series)
}

function gather(
  table: Table,
  plan: Omit<Plan, 'step' | 'calendar'>,
  { rows, groups }: RowOrder,
  time: (Column & { readonly values: Float64Array }) | undefined,
  id: Column | undefined,
  purpose: FramePurpose,
): Frame {
  const floats = (values: Float64Array) => gatherFloats(values, rows)
  const numbers = new Map<string, Float64Array>()
  const categories = new Map<string, Int32Array>()
  for (const input of plan.inputs) {
    const column = columnOf(table, input.name, 'features')
    if (input.kind !== 'category') numbers.set(input.name, floats(numbersOf(table, column).values))
    else categories.set(input.name, codesOf(table, column, input.values, rows))
  }
  const targets = new Map<string, Float64Array>()
  for (const name of plan.targets) {
    // Rows to predict from need no class, and a number only as what a difference is taken to.
    if (
      purpose === 'predicting' &&
      (plan.classes !== undefined || !table.columns.some((column) => column.name === name))
    )
      continue
    const column = columnOf(table, name, 'target')
    if (plan.classes === undefined) targets.set(name, floats(numbersOf(table, column).values))
    else
      targets.set(
        name,
        Float64Array.from(codesOf(table, column, plan.classes, rows), (code) =>
          code < 0 ? Number.NaN : code,
        ),
      )
  }
  const origins = originsOf(rows.length, groups)
  const references = plan.classes === undefined ? carried(targets, origins) : new Map<string, Float64Array>()
  const frame: Frame = {
    rows: rows.length,
    numbers,
    categories,
    targets,
    ...(time?.kind === 'time' && { times: floats(time.values) }),
    ...(groups && { groups }),
    ...(groups && id && { ids: idsOf(id, rows, groups) }),
    origins,
    references,
    recorded: recordedFrom(origins, references),
    sources: rows,
  }
  return purpose === 'predicting' ? markFuture(frame, plan) : frame
}

/** Targets with the last value before where one was not recorded. */
function carried(targets: ReadonlyMap<string, Float64Array>, origins: Int32Array): Map<string, Float64Array> {
  const all = new Map<string, Float64Array>()
  for (const [name, values] of targets) {
    const filled = values.slice()
    for (let row = 0; row < filled.length; row++) {
      if (Number.isNaN(filled[row]!) && origins[row] !== row) filled[row] = filled[row - 1]!
    }
    all.set(name, filled)
  }
  return all
}

/** The id of each series, by its number. */
function idsOf(id: Column, rows: Int32Array, groups: Int32Array): readonly string[] {
  const ids: string[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    ids[groups[i]!] ??= id.kind === 'text' ? (id.dictionary[id.codes[row]!] ?? '') : String(id.values[row])
  }
  return ids
}

/** The numbers of a column's values in `values`. @throws RONDO_DATA_CATEGORY for one that is not among them. */
function codesOf(table: Table, column: Column, values: readonly string[], rows: Int32Array): Int32Array {
  const numbers = new Map(values.map((value, number) => [value, number]))
  const unknown = (row: number, text: string): never => {
    const place = { ...table.place(row), column: column.name }
    throw new RondoError('RONDO_DATA_CATEGORY', {
      message: `${where(place)}: “${text}” is none of the known values (${values.slice(0, 8).join(', ')}${values.length > 8 ? ', …' : ''}).`,
      value: text,
      place,
    })
  }
  if (column.kind === 'text') {
    const byCode = column.dictionary.map((text) => numbers.get(text) ?? -2)
    return Int32Array.from(rows, (row) => {
      const code = column.codes[row]!
      if (code < 0) return -1
      return byCode[code]! === -2 ? unknown(row, column.dictionary[code]!) : byCode[code]!
    })
  }
  return Int32Array.from(rows, (row) => {
    const value = column.values[row]!
    return Number.isNaN(value) ? -1 : (numbers.get(String(value)) ?? unknown(row, String(value)))
  })
}

/** Applies the plan's way with missing values; rows that stay incomplete are left out. */
function withoutMissing(
  table: Table,
  plan: Pick<Plan, 'missing' | 'inputs'>,
  frame: Frame,
  purpose: FramePurpose,
): { readonly frame: Frame; readonly dropped: number } {
  const incomplete = new Uint8Array(frame.rows)
  const columns = [...frame.numbers, ...frame.categories]
  const ahead = new Set(
    plan.inputs.flatMap((input) => (input.kind !== 'lag' && input.known ? input.name : [])),
  )
  if (plan.missing === 'error') {
    for (const [name, values] of purpose === 'learning' ? [...columns, ...frame.targets] : columns) {
      const row = values.findIndex(
        (value: number, at: number) =>
          (Number.isNaN(value) || (value < 0 && values instanceof Int32Array)) &&
          (frame.future?.[at] !== 1 || ahead.has(name)),
      )
      if (row >= 0) throw missingValue(table, name, frame.sources[row]!)
    }
    return { frame, dropped: 0 }
  }
  for (const [name, values] of columns) {
    const isMissing = (value: number) => (values instanceof Int32Array ? value < 0 : Number.isNaN(value))
    if (plan.missing === 'drop') {
      for (let row = 0; row < frame.rows; row++) {
        if (isMissing(values[row]!) && (frame.future?.[row] !== 1 || ahead.has(name))) incomplete[row] = 1
      }
    } else {
      for (const { from, to } of seriesOf(frame)) {
        const part = values.subarray(from, to)
        const leading =
          part instanceof Int32Array ? fillCodes(part, plan.missing) : fillForward(part, plan.missing)
        incomplete.fill(1, from, from + leading)
      }
    }
  }
  const kept = rowsWhere(incomplete, 0)
  return kept.length === frame.rows
    ? { frame, dropped: 0 }
    : { frame: takeRows(frame, kept), dropped: frame.rows - kept.length }
}

function missingValue(table: Table, column: string, row: number): RondoError {
  const place = { ...table.place(row), column }
  return new RondoError('RONDO_DATA_MISSING_VALUE', {
    message: `${where(place)}: there is no value.`,
    value: null,
    place,
    remedy:
      'Fill it, or choose with `missing`: ffill (the last value), mean (of all before) or drop (leave the row out).',
  })
}
