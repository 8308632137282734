import { count, type ErrorPlace, RondoError, type TaskKind } from '@rondo/core'
import type { ResolvedOptions } from './options.ts'
import type { InputColumn, Plan } from './plan.ts'
import { columnOf, fileOf, numbersOf, timesOf } from './table/columns.ts'
import { namesInWords } from './table/names.ts'
import type { Column, Table } from './table/table.ts'

/** More distinct texts than this are names or notes rather than categories. */
const MOST_CATEGORIES = 64
const MOST_CLASSES = 1000
/** More distinct values than this are classes only where they are shared by rows, and no decimals. */
const MANY_CLASSES = 20

/** A plan, and why it is as it is, for people. */
export interface PlanWithReasons {
  /** Its inputs are those of all sets, and every lag. */
  readonly plan: Omit<Plan, 'step' | 'calendar'>
  /** The inputs by the name of their set, the default first; those that are known ahead and lags are in each. */
  readonly sets: ReadonlyMap<string, readonly InputColumn[]>
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
  refuseTimes(table, targets, options)
  const task = options.task ?? inferTask(table, targets, id, reasons)
  const alone = task !== 'forecast' && id === undefined && time === undefined && !impliesSeries(options)
  const sequences = alone || (id !== undefined && task !== 'forecast')
  const ahead = options.horizon ?? 1
  const isRecursive = options.strategy === 'recursive' && ahead > 1
  if (isRecursive && task !== 'forecast') throw mismatch('Only a forecast can be recursive.', task)
  const horizon = sequences ? 0 : isRecursive ? 1 : ahead
  reasons.push(...readingOf({ task, target: options.target[0]!, time, id, horizon, alone, options }))
  checkHorizon(task, options)
  if (task === 'classify' && targets.length > 1) {
    throw mismatch('A classification has one target column.', options.target.join(', '))
  }
  if (task !== 'classify') for (const target of targets) requireNumbers(table, target, task)
  const classes = task === 'classify' ? withPositive(classesOf(table, targets[0]!), options) : undefined
  if (options.quantiles !== undefined && classes !== undefined) {
    throw mismatch('Quantiles are of numbers, not of classes.', task)
  }
  const use = { time, id, targetIsPast: horizon > 0 }
  const known = knownColumns(table, options, sequences || horizon === 0)
  const lags = lagInputs(options, sequences || horizon === 0 || classes !== undefined)
  const sets = new Map(
    [...setsOf(table, options, use, reasons)].map(([name, columns]) => [
      name,
      [...columns.filter((column) => !known.some(({ name }) => name === column.name)), ...lags, ...known],
    ]),
  )
  if ([...sets.values()].some((columns) => columns.length === 0) && !options.calendar) {
    throw mismatch('No column is left as an input.', options.target.join(', '), fileOf(table))
  }
  if (isRecursive) requirePredictable([...sets.values()].flat(), options, table)
  const inputs = [...new Map([...sets.values()].flat().map((input) => [keyOf(input), input])).values()]
  return {
    plan: {
      task,
      targets: options.target,
      ...(classes && { classes }),
      horizon,
      ...(isRecursive && { rollout: ahead }),
      ...(options.quantiles && { quantiles: options.quantiles }),
      inputs,
      ...(time && { time: time.name }),
      ...(id && { id: id.name }),
      sequences,
      missing: options.missing,
      gaps: options.gaps,
    },
    sets,
    reasons,
  }
}

/** @throws RONDO_TASK_MISMATCH where an input of the rows to come is neither predicted nor known. */
function requirePredictable(inputs: readonly InputColumn[], options: ResolvedOptions, table: Table): void {
  const unknown = inputs.find(
    (input) => input.kind !== 'lag' && !input.known && !options.target.includes(input.name),
  )
  if (unknown === undefined) return
  throw new RondoError('RONDO_TASK_MISMATCH', {
    message: `A recursive forecast needs ${unknown.name} of rows to come, and it is neither predicted nor known ahead.`,
    value: unknown.name,
    place: { ...fileOf(table), column: unknown.name, field: 'data.strategy' },
    remedy: 'Name it in `target` or `known`, leave it out of `features`, or use the direct strategy.',
  })
}

const keyOf = (input: InputColumn): string =>
  `${input.kind} ${input.name} ${input.kind === 'lag' ? input.lag : ''}`

function timeColumn(table: Table, options: ResolvedOptions, reasons: string[]): Column | undefined {
  if (options.time !== undefined) return timesOf(table, columnOf(table, options.time, 'time'))
  const taken = [...options.target, options.id]
  const found = table.columns.find(({ kind, name }) => kind === 'time' && !taken.includes(name))
  if (found === undefined) return undefined
  reasons.push(`time: ${found.name}, the first column of dates`)
  return timesOf(table, found)
}

/** @throws RONDO_TASK_MISMATCH where a target is a column of times. */
function refuseTimes(table: Table, targets: readonly Column[], options: ResolvedOptions): void {
  const times = targets.find(({ kind, name }) => kind === 'time' || name === options.time)
  if (times === undefined) return
  const others = table.columns.filter(({ kind, name }) => kind !== 'time' && name !== options.time)
  throw new RondoError('RONDO_TASK_MISMATCH', {
    message: `${times.name} is a column of times, and times are not predicted.`,
    value: times.name,
    place: { ...fileOf(table), column: times.name, field: 'data.target' },
    remedy: `Choose another target: ${namesInWords(others.map(({ name }) => name))}.`,
  })
}

/** Whether options say what has a meaning for steps of a series alone. */
const impliesSeries = ({ horizon, window, known, lags, seasons, strategy }: ResolvedOptions): boolean =>
  [horizon, window, known, lags, seasons, strategy].some((option) => option !== undefined)

interface Reading {
  readonly task: TaskKind
  readonly target: string
  readonly time: Column | undefined
  readonly id: Column | undefined
  readonly horizon: number
  readonly alone: boolean
  readonly options: ResolvedOptions
}

/** What rows are taken for, and of which row a class or number is, where the options leave it open. */
function readingOf({ task, target, time, id, horizon, alone, options }: Reading): readonly string[] {
  const neither = 'as there is neither a column of times nor an id'
  if (alone) {
    return [
      `rows: each by itself, ${neither}; a horizon (0: ${target} of the row, 1: of the next) makes them steps of one series`,
    ]
  }
  if (task !== 'forecast' && id !== undefined) {
    return [`rows: those of one ${id.name} are a sequence with one ${target}`]
  }
  const reasons = []
  if (time === undefined && id === undefined) {
    reasons.push(`rows: taken as steps of one series in the order of the file, ${neither}`)
  }
  if (task === 'forecast') {
    if (options.strategy === 'recursive' && options.horizon !== undefined && options.horizon > 1) {
      reasons.push(`horizon: ${options.horizon} steps, each from the prediction of the one before`)
    }
  } else if (horizon === 0) {
    reasons.push(`horizon: 0, ${target} of the last row that is seen`)
  } else {
    const row = horizon === 1 ? 'the next row' : `the row ${horizon} rows ahead`
    reasons.push(
      `horizon: ${horizon}, ${target} of ${row}; 0 asks for that of the last row that is seen, and an id column tells independent sequences apart`,
    )
  }
  return reasons
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

function checkHorizon(task: TaskKind, { horizon = 1, id }: ResolvedOptions): void {
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
        { ...fileOf(table), column: target.name },
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
      place: { ...fileOf(table), column: target.name },
    })
  }
  const have = tooManyClasses(table, target, classes.length)
  if (have !== undefined) {
    throw new RondoError('RONDO_TASK_MISMATCH', {
      message: `${target.name} has ${have}, too many for classes.`,
      value: classes.length,
      place: { ...fileOf(table), column: target.name, field: 'data.target' },
      remedy:
        target.kind === 'text'
          ? 'Choose a target of fewer classes.'
          : 'Learn the number itself with another `task` (forecast or regress), or choose a target of fewer classes.',
    })
  }
  return classes
}

/** What a column has that no classes are; `undefined` where its values can be classes. */
function tooManyClasses(table: Table, target: Column, classes: number): string | undefined {
  const values = `${classes} different values`
  if (classes > MOST_CLASSES) return values
  if (classes <= MANY_CLASSES) return undefined
  if (target.kind !== 'text' && target.values.some((value) => value % 1 !== 0 && !Number.isNaN(value))) {
    return `${values} with decimals`
  }
  return classes > table.rows / 2 ? `${values} in ${count(table.rows, 'row')}` : undefined
}

/** The positive class last, where the user names it. @throws RONDO_OPTION_INVALID */
function withPositive(classes: readonly string[], { positive }: ResolvedOptions): readonly string[] {
  if (positive === undefined) return classes
  if (classes.length === 2 && classes.includes(positive)) {
    return [...classes.filter((name) => name !== positive), positive]
  }
  throw new RondoError('RONDO_OPTION_INVALID', {
    message:
      classes.length === 2
        ? `“${positive}” is none of the classes ${classes.join(', ')}.`
        : `There is a positive one of two classes, and here are ${classes.length}.`,
    value: positive,
    place: { field: 'data.positive' },
    remedy: classes.length === 2 ? 'Name one of the classes.' : 'Leave `positive` out.',
  })
}

function knownColumns(table: Table, options: ResolvedOptions, isNow: boolean): readonly InputColumn[] {
  const names = [...new Set(options.known ?? [])]
  if (names.length > 0 && isNow) {
    throw mismatch('What is known ahead matters where there is a row ahead to predict.', names.join(', '))
  }
  const target = names.find((name) => options.target.includes(name))
  if (target !== undefined) throw mismatch(`${target} is the target, so it is not known ahead.`, target)
  return names.map((name) => {
    const input = inputOf(table, columnOf(table, name, 'known'))
    return input.kind === 'lag' ? input : { ...input, known: true }
  })
}

function lagInputs(options: ResolvedOptions, isImpossible: boolean): readonly InputColumn[] {
  const lags = options.lags ?? []
  if (lags.length > 0 && isImpossible) {
    throw mismatch('Lags are of targets that are numbers and lie in the past.', lags.join(', '))
  }
  return options.target.flatMap((name) => lags.map((lag) => ({ kind: 'lag' as const, name, lag })))
}

interface ColumnUse {
  readonly time: Column | undefined
  readonly id: Column | undefined
  readonly targetIsPast: boolean
}

/** The sets of input columns that the options name; one, with an empty name, where they name none. */
function setsOf(
  table: Table,
  options: ResolvedOptions,
  use: ColumnUse,
  reasons: string[],
): ReadonlyMap<string, readonly InputColumn[]> {
  const { features } = options
  if (features === undefined) return new Map([['', usualInputs(table, options, use, reasons)]])
  const sets = Array.isArray(features) ? [['', features] as const] : Object.entries(features)
  return new Map(
    sets.map(([name, columns]) => [
      name,
      chosenInputs(table, options, columns as readonly string[], use.targetIsPast),
    ]),
  )
}

function chosenInputs(
  table: Table,
  options: ResolvedOptions,
  names: readonly string[],
  targetIsPast: boolean,
): readonly InputColumn[] {
  const chosen = [...new Set(names)].map((name) => columnOf(table, name, 'features'))
  const leak = targetIsPast ? undefined : chosen.find(({ name }) => options.target.includes(name))
  if (leak !== undefined) {
    throw mismatch(`${leak.name} is the target of the same row, so it cannot be an input.`, leak.name)
  }
  return chosen.map((column) => inputOf(table, column))
}

/** Every column that can be an input. */
function usualInputs(
  table: Table,
  options: ResolvedOptions,
  use: ColumnUse,
  reasons: string[],
): readonly InputColumn[] {
  const inputs: InputColumn[] = []
  for (const column of table.columns) {
    if (column.name === use.time?.name || column.name === use.id?.name) continue
    if (options.known?.includes(column.name)) continue
    const isTarget = options.target.includes(column.name)
    if (isTarget && !use.targetIsPast) continue
    if (column.kind === 'time') reasons.push(`left out: ${column.name}, a second column of times`)
    else if (/^column 1$/.test(column.name)) reasons.push('left out: the first column, which has no name')
    else if (column.kind === 'text' && column.dictionary.length > MOST_CATEGORIES) {
      reasons.push(`left out: ${column.name}, with ${column.dictionary.length} different texts`)
    } else inputs.push(inputOf(table, column))
  }
  return inputs
}

function inputOf(table: Table, column: Column): InputColumn {
  if (column.kind === 'text')
    return { kind: 'category', name: column.name, values: [...column.dictionary].sort() }
  return { kind: 'number', name: numbersOf(table, column).name }
}

function mismatch(message: string, value: string | number, place: ErrorPlace = {}): RondoError {
  return new RondoError('RONDO_TASK_MISMATCH', { message, value, place: { ...place, field: 'data' } })
}
