import { RondoError } from '@rondo/core'
import type { Column, Plan, Prediction, Table } from '@rondo/dataset'
import { knownInputs, requireAhead, rowsAhead, tableUpTo } from './given-ahead.ts'

/** What {@link rolled} needs. */
export interface Rolling {
  readonly plan: Plan
  readonly table: Table
  /** Steps ahead of the last row. */
  readonly steps: number
  /** The model's predictions from the last row of each series. */
  readonly predict: (table: Table) => Promise<readonly Prediction[]>
}

/**
 * Forecasts so many steps. Further ahead than a model's horizon what it predicts is appended to the rows, or put into those
 * that the table gives to predict where inputs are known ahead, and it predicts on from there. Errors add up on the way:
 * intervals and quantiles, which are for the horizon, are left out beyond it.
 *
 * @throws RONDO_TASK_MISMATCH where the model is no forecast, or needs inputs that nobody knows of the rows to come, and
 * RONDO_DATA_TOO_FEW_ROWS where the table does not tell what is known ahead of all of them.
 */
export async function rolled({ plan, table, steps, predict }: Rolling): Promise<readonly Prediction[]> {
  const horizon = plan.rollout ?? plan.horizon
  if (plan.task !== 'forecast' || steps > horizon) requireRolls(plan)
  const ahead = knownInputs(plan).length === 0 ? undefined : rowsAhead(table, plan)
  // A model looks as far ahead as its whole horizon, also for the first step of it.
  if (ahead !== undefined) requireAhead(table, plan, ahead, Math.ceil(steps / horizon) * horizon)
  const all: Prediction[] = []
  // Where each series ends in the file: predictions further ahead still name that row.
  const ends = new Map<string, number>()
  let rows = table
  for (let done = 0; done < steps; done += horizon) {
    if (ahead !== undefined) rows = tableUpTo(table, plan, { ahead, end: done + horizon, predicted: all })
    const next = await predict(rows)
    for (const prediction of next) {
      const id = prediction.id ?? ''
      if (done === 0) ends.set(id, prediction.row)
      const { intervals, quantiles, ...plain } = prediction
      all.push({
        ...(done === 0 ? prediction : plain),
        row: ends.get(id) ?? prediction.row,
        step: done + prediction.step,
      })
    }
    if (ahead === undefined && done + horizon < steps) rows = withRows(rows, plan, next)
  }
  const order = [...ends.keys()]
  const place = ({ id = '' }: Prediction): number => order.indexOf(id)
  return all.filter(({ step }) => step <= steps).sort((a, b) => place(a) - place(b) || a.step - b.step)
}

function requireRolls(plan: Plan): void {
  const { task, inputs, targets, time, step } = plan
  const known = knownInputs(plan)
  const unknown = inputs.find(({ name }) => !targets.includes(name) && !known.includes(name))
  const why =
    task !== 'forecast'
      ? `The model does not forecast (its task is ${task}).`
      : unknown !== undefined
        ? `Nobody knows “${unknown.name}” of the rows to come, which the model needs for every further step.`
        : time !== undefined && step === undefined
          ? `The rows have no even step of time, so that those to come have no time.`
          : undefined
  if (why === undefined) return
  throw new RondoError('RONDO_TASK_MISMATCH', {
    message: why,
    ...(unknown === undefined ? {} : { value: unknown.name }),
    place: { field: '--steps' },
    remedy:
      unknown === undefined
        ? 'Train with a longer --horizon instead.'
        : `Train with a longer --horizon instead, or, where “${unknown.name}” is known ahead, with --known ${unknown.name}.`,
  })
}

/** The table with predictions as further rows. */
function withRows(table: Table, plan: Plan, added: readonly Prediction[]): Table {
  const { rows, place } = table
  return {
    ...table,
    rows: rows + added.length,
    columns: table.columns.map((column) => withValues(column, plan, added)),
    place: (row) => place(Math.min(row, rows - 1)),
  }
}

/** Columns that are neither time, id nor target stay empty: the model does not look at them. */
function withValues(column: Column, { time, id }: Plan, added: readonly Prediction[]): Column {
  const { name } = column
  if (column.kind === 'text') {
    const codes = added.map((prediction) =>
      name === id ? column.dictionary.indexOf(prediction.id ?? '') : -1,
    )
    return { ...column, codes: Int32Array.from([...column.codes, ...codes]) }
  }
  const values = added.map(({ time: at, id: of, values: predicted }) => {
    if (name === time) return at === undefined ? Number.NaN : Date.parse(at)
    return name === id ? Number(of) : Number(predicted[name])
  })
  return { ...column, values: Float64Array.from([...column.values, ...values]) }
}
