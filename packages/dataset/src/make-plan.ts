import { RondoError, type TaskKind } from '@rondo/core'
import type { ResolvedOptions } from './options.ts'
import type { InputColumn, Plan } from './plan.ts'
import { columnOf, numbersOf, timesOf } from './table/columns.ts'
import type { Column, Table } from './table/table.ts'

/** More distinct texts than this are names or notes rather than categories. */
const MOST_CATEGORIES = 64
const MOST_CLASSES = 1000

/** A plan, and why it is as it is, for people. */
export interface PlanWithReasons {
  readonly plan: Omit<Plan, 'step' | 'calendar'>
  readonly reasons: readonly string[]
}

/**
 * Chooses columns and task by the options, and by the data where they leave it open.
 * @throws RONDO_DATA_COLUMN_MISSING, RONDO_DATA_NOT_A_NUMBER, RONDO_DATA_INFINITE, RONDO_DATA_ONE_CLASS,
 * RONDO_TASK_MISMATCH, RONDO_OPTION_INVALID
 */
export function makePlan(table: Table, options: ResolvedOptions): PlanWithReasons {
  const reasons: string[] = []
  const targets = options.target.map((name) => columnOf(table, name, 'target'))
  const id = options.id === undefined ? undefined : columnOf(table, options.id, 'id')
  const time = timeColumn(table, options, reasons)
  const task = options.task ?? inferTask(table, targets, id, reasons)
  const sequences = id !== undefined && task !== 'forecast'
  const horizon = sequences ? 0 : options.horizon
  checkHorizon(task, options)
  if (task === 'classify' && targets.length > 1) {
    throw mismatch('A classification has one target column.', options.target.join(', '))
  }
  if (task !== 'classify') for (const target of targets) requireNumbers(table, target, task)
  const classes = task === 'classify' ? classesOf(table, targets[0]!) : undefined
  const inputs = inputColumns(table, options, { time, id, targetIsPast: horizon > 0 }, reasons)
  return {
    plan: {
      task,
      targets: options.target,
      ...(classes && { classes }),
      horizon,
      inputs,
      ...(time && { time: time.name }),
      ...(id && { id: id.name }),
      sequences,
      missing: options.missing,
      gaps: options.gaps,
    },
    reasons,
  }
}

function timeColumn(table: Table, options: ResolvedOptions, reasons: string[]): Column | undefined {
  if (options.time !== undefined) return timesOf(table, columnOf(table, options.time, 'time'))
  const found = table.columns.find(({ kind, name }) => kind === 'time' && !options.target.includes(name))
  if (found === undefined) return undefined
  reasons.push(`time: ${found.name}, the first column of dates`)
  return timesOf(table, found)
}

function inferTask(
  table: Table,
  targets: readonly Column[],
  id: Column | undefined,
  reasons: string[],
): TaskKind {
  const [target] = targets
  if (target!.kind === 'text') {
    reasons.push(`task: classify, as ${target!.name} holds texts`)
    return 'classify'
  }
  if (target!.kind === 'number' && isZeroOrOne(target!.values)) {
    reasons.push(`task: classify, as ${target!.name} is 0 or 1 in every row`)
    return 'classify'
  }
  if (id !== undefined && targets.every((column) => isConstantWithin(table, column, id))) {
    reasons.push(`task: regress, as ${target!.name} is one number for each ${id.name}`)
    return 'regress'
  }
  reasons.push(`task: forecast, as ${target!.name} holds numbers that change from row to row`)
  return 'forecast'
}

const isZeroOrOne = (values: Float64Array): boolean =>
  values.every((value) => value === 0 || value === 1 || Number.isNaN(value))

function isConstantWithin(table: Table, column: Column, id: Column): boolean {
  if (column.kind === 'text') return false
  const ids = id.kind === 'text' ? id.codes : id.values
  const known = new Map<number, number>()
  for (let row = 0; row < table.rows; row++) {
    const before = known.get(ids[row]!)
    if (before === undefined) known.set(ids[row]!, column.values[row]!)
    else if (before !== column.values[row]) return false
  }
  return known.size < table.rows
}

function checkHorizon(task: TaskKind, { horizon, id }: ResolvedOptions): void {
  if (task === 'forecast' && horizon < 1) {
    throw new RondoError('RONDO_OPTION_INVALID', {
      message: 'A forecast looks at least one row ahead.',
      value: horizon,
      place: { field: 'data.horizon' },
      remedy: 'Use a horizon from 1 on, or task: regress for the row itself.',
    })
  }
  if (task !== 'forecast' && id !== undefined && horizon > 1) {
    throw mismatch('A sequence has one target, so there is no horizon.', horizon)
  }
}

function requireNumbers(table: Table, target: Column, task: TaskKind): void {
  if (target.kind === 'text' && target.dictionary.length <= MOST_CLASSES) {
    const isMostlyText = !target.dictionary.some((text) => text !== '' && !Number.isNaN(Number(text)))
    if (isMostlyText) {
      throw mismatch(
        `${target.name} holds texts (“${target.dictionary[0]}”), and a ${task} needs numbers.`,
        task,
      )
    }
  }
  numbersOf(table, target)
}

/** @throws RONDO_DATA_ONE_CLASS, RONDO_TASK_MISMATCH where nearly every row has a class of its own. */
function classesOf(table: Table, target: Column): readonly string[] {
  const classes =
    target.kind === 'text'
      ? [...target.dictionary].sort()
      : [...new Set(numbersOf(table, target).values)]
          .filter((value) => !Number.isNaN(value))
          .sort((a, b) => a - b)
          .map(String)
  if (classes.length < 2) {
    throw new RondoError('RONDO_DATA_ONE_CLASS', {
      message: `Every row of ${table.name} has the class “${classes[0] ?? ''}” in ${target.name}.`,
      value: classes[0] ?? null,
      place: { column: target.name },
    })
  }
  if (classes.length > MOST_CLASSES) {
    throw mismatch(
      `${target.name} has ${classes.length} different values, too many for classes.`,
      classes.length,
    )
  }
  return classes
}

function inputColumns(
  table: Table,
  options: ResolvedOptions,
  use: { readonly time: Column | undefined; readonly id: Column | undefined; readonly targetIsPast: boolean },
  reasons: string[],
): readonly InputColumn[] {
  if (options.features !== undefined) {
    const chosen = [...new Set(options.features)].map((name) => columnOf(table, name, 'features'))
    const leak = use.targetIsPast ? undefined : chosen.find(({ name }) => options.target.includes(name))
    if (leak !== undefined) {
      throw mismatch(`${leak.name} is the target of the same row, so it cannot be an input.`, leak.name)
    }
    return chosen.map((column) => inputOf(table, column))
  }
  const inputs: InputColumn[] = []
  for (const column of table.columns) {
    if (column.name === use.time?.name || column.name === use.id?.name) continue
    const isTarget = options.target.includes(column.name)
    if (isTarget && !use.targetIsPast) continue
    if (column.kind === 'time') reasons.push(`left out: ${column.name}, a second column of times`)
    else if (/^column 1$/.test(column.name)) reasons.push('left out: the first column, which has no name')
    else if (column.kind === 'text' && column.dictionary.length > MOST_CATEGORIES) {
      reasons.push(`left out: ${column.name}, with ${column.dictionary.length} different texts`)
    } else inputs.push(inputOf(table, column))
  }
  if (inputs.length === 0) {
    throw mismatch('No column is left as an input.', options.target.join(', '))
  }
  return inputs
}

function inputOf(table: Table, column: Column): InputColumn {
  if (column.kind === 'text')
    return { kind: 'category', name: column.name, values: [...column.dictionary].sort() }
  return { kind: 'number', name: numbersOf(table, column).name }
}

function mismatch(message: string, value: string | number): RondoError {
  return new RondoError('RONDO_TASK_MISMATCH', { message, value, place: { field: 'data' } })
}
