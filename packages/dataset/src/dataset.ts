import { createHash } from 'node:crypto'
import {
  count,
  type Dataset,
  type DatasetDescription,
  type DatasetView,
  type Fold,
  type JsonObject,
  maximize,
  minimize,
  type Objective,
  type Params,
  RondoError,
} from '@rondo/core'
import { scoreBaselines, type TableBaseline } from './baselines/baselines.ts'
import { naiveForecast } from './baselines/naive-forecast.ts'
import { hasTrend } from './baselines/trend.ts'
import { POOLED_METRICS } from './calibration/pooled.ts'
import { makePlan } from './make-plan.ts'
import { LARGER, metricNames } from './metrics/names.ts'
import type { CalendarPart, ResolvedOptions } from './options.ts'
import { type InputColumn, lookBack, outputsOf, type Plan } from './plan.ts'
import { preferRare } from './positive.ts'
import { checkParams, type PrepareContext, prepareFold, type TableFold } from './prepare.ts'
import { type DataParams, featureNames } from './preprocess.ts'
import { preprocessFromJson } from './preprocess-json.ts'
import { targetRows } from './samples.ts'
import { keepSeenCategories } from './seen-categories.ts'
import { buildFrame } from './series/build-frame.ts'
import { usualCalendar } from './series/calendar.ts'
import { type Frame, seriesOf, takeRows } from './series/frame.ts'
import { rowsWhere } from './series/gather.ts'
import { describeTimeStep, type TimeStep, usualSeasons } from './series/time-step.ts'
import { fileOf } from './table/columns.ts'
import type { Table } from './table/table.ts'
import { markTestRows } from './test-rows.ts'
import { lagOf, targetForm } from './transform/target.ts'

/** A view that can also prepare a fold with the preprocessing of a model that was trained before. */
export interface TableView extends DatasetView {
  /** With `preprocess` (of {@link PreparedFold.preprocess}) nothing is fitted, and `params` are those of that time. */
  prepare(fold: Fold, params: Params, preprocess?: JsonObject): TableFold
}

/** A dataset made of a table. */
export interface TableDataset extends Dataset {
  development(): TableView
  evaluation(): { readonly view: TableView; readonly fold: (largestWindow: number) => Fold }
  baselines(view: DatasetView, fold: Fold, largestWindow: number): readonly TableBaseline[]
  /** What was chosen or found out without being asked, a line each. */
  readonly reasons: readonly string[]
  /**
   * What trials are best ranked by where the user doesn't say: average precision where one of two classes is rare, the
   * mean loss of the quantiles where some are asked for.
   */
  readonly objective: Objective
}

/** Turns a table into supervised samples. @throws data errors of the catalogue. */
export function datasetOf(table: Table, options: ResolvedOptions): TableDataset {
  const { plan: chosen, sets: allSets, reasons: columnReasons } = makePlan(table, options)
  const { frame: read, step, reasons: rowReasons } = buildFrame(table, chosen, 'learning')
  const reasons = [...columnReasons, ...rowReasons]
  const calendar = calendarParts(options, read, step)
  const found: Plan = { ...chosen, calendar, ...(step && { step }) }
  const wanted = options.seasons ?? (step === undefined || found.sequences ? [] : usualSeasons(step))
  const isTest = markTestRows(read, found, options.test, wanted, table.name, testBy(options, found))
  const preferred = preferRare(read, found, isTest, options.positive !== undefined, reasons)
  const { isRare } = preferred
  const { plan, sets, frame } = keepSeenCategories(preferred.plan, allSets, preferred.frame, isTest, reasons)
  const development = takeRows(frame, rowsWhere(isTest, 0))
  requireVariety(table, plan, development)
  const seasons = options.seasons ?? wanted.filter((season) => 2 * season <= longestSeries(development))
  if (options.seasons === undefined && step !== undefined && seasons.length > 0) {
    reasons.push(`seasons: ${seasons.join(', ')} rows, as a row is ${describeTimeStep(step)}`)
  }
  const defaults = defaultParams(options, plan, seasons, development, [...sets.keys()][0]!)
  const known = { ...plan, inputs: sets.get(defaults.features)! }
  const description = describe(table, options, known, frame, development, seasons)
  if (description.trend)
    reasons.push(`trend: the latest values of ${plan.targets[0]} lie beyond those before`)
  const context = (of: Frame): PrepareContext => ({
    frame: of,
    plan,
    sets,
    defaults,
    season: seasons[0] ?? 1,
    threshold: options.threshold,
    intervals: options.intervals,
    name: table.name,
  })
  // The base of the transforms that a space may offer: the fixed one, or that of the shortest season.
  const lag =
    plan.task !== 'forecast'
      ? 0
      : options.targetTransform === undefined
        ? (seasons[0] ?? 1)
        : lagOf(targetForm(options.targetTransform))
  // A space without a window gives 0: every trial then has the default one.
  const reachOf = (largestWindow: number) => (largestWindow > 0 ? largestWindow : defaults.window)
  const contexts = new WeakMap<DatasetView, PrepareContext>()
  const viewOf = (of: Frame): TableView => {
    const own = context(of)
    const view: TableView = {
      targets: (largestWindow) => splitRequest(own, reachOf(largestWindow), lag),
      prepare: (fold, params, preprocess) =>
        prepareFold(own, fold, params, preprocess && preprocessFromJson(preprocess)),
    }
    contexts.set(view, own)
    return view
  }
  return {
    description,
    reasons,
    objective: isRare
      ? maximize('val_averagePrecision')
      : plan.task === 'classify'
        ? maximize('val_accuracy')
        : minimize(plan.quantiles === undefined ? 'val_mae' : 'val_pinball'),
    hyperparameters: hyperparametersOf(plan, sets),
    check: (params) => checkParams(context(development), params),
    metrics: metricNames(plan.task),
    larger: LARGER,
    ...(plan.task === 'classify' && { pooled: POOLED_METRICS }),
    development: () => viewOf(development),
    evaluation: () => ({
      view: viewOf(frame),
      fold: (largestWindow) => evaluationFold(context(frame), isTest, reachOf(largestWindow), lag),
    }),
    baselines: (view, fold, largestWindow) =>
      scoreBaselines(contexts.get(view) ?? foreign(), fold, reachOf(largestWindow), seasons),
  }
}

/** The hyperparameters that choose between something, with these columns. */
function hyperparametersOf(plan: Plan, sets: ReadonlyMap<string, readonly InputColumn[]>): readonly string[] {
  return [
    'window',
    'scale',
    ...(plan.task === 'forecast' ? ['targetTransform'] : []),
    ...(plan.task === 'forecast' && plan.id !== undefined ? ['scaleBy'] : []),
    ...(plan.task === 'classify' ? ['classWeights'] : []),
    ...(sets.size > 1 ? ['features'] : []),
    ...(plan.inputs.some(({ kind }) => kind === 'lag') ? ['lags'] : []),
  ]
}

/** @throws RONDO_OPTION_INVALID where there are no series to tell apart. */
function testBy({ testBy }: ResolvedOptions, plan: Plan): 'time' | 'id' {
  if (testBy === 'id' && plan.id === undefined) {
    throw new RondoError('RONDO_OPTION_INVALID', {
      message: 'Whole series can be test rows only where a column tells series apart.',
      value: testBy,
      place: { field: 'data.testBy' },
      remedy: 'Name the column with `id`, or leave testBy out.',
    })
  }
  return testBy
}

function foreign(): never {
  throw new RondoError('RONDO_INTERNAL', { message: 'The view belongs to another dataset.' })
}

function calendarParts(
  options: ResolvedOptions,
  frame: Frame,
  step: TimeStep | undefined,
): readonly CalendarPart[] {
  const { calendar } = options
  if (calendar === undefined || calendar === false) return []
  if (frame.times === undefined || step === undefined) {
    throw new RondoError('RONDO_OPTION_INVALID', {
      message: 'There is no column of dates to read the calendar from.',
      value: calendar === true ? true : [...calendar],
      place: { field: 'data.calendar' },
      remedy: 'Name the column with `time`, or leave the calendar out.',
    })
  }
  return calendar === true ? usualCalendar(step) : [...new Set(calendar)]
}

function defaultParams(
  options: ResolvedOptions,
  plan: Plan,
  seasons: readonly number[],
  development: Frame,
  features: string,
): DataParams {
  const longest = longestSeries(development)
  const usual = plan.sequences
    ? Math.min(longest, 512)
    : Math.min(4 * (seasons[0] ?? 7), Math.max(1, Math.floor(longest / 10)))
  return {
    window: options.window ?? usual,
    scale: options.scale ?? 'standard',
    targetTransform: options.targetTransform ?? 'level',
    scaleBy: options.scaleBy,
    classWeights: options.classWeights,
    features,
    lags: 'all',
  }
}

function longestSeries(frame: Frame): number {
  let longest = 0
  for (const { from, to } of seriesOf(frame)) longest = Math.max(longest, to - from)
  return longest
}

/** @throws RONDO_DATA_CONSTANT, RONDO_DATA_ONE_CLASS */
function requireVariety(table: Table, plan: Plan, development: Frame): void {
  const columns = [...development.numbers, ...development.categories, ...development.targets]
  for (const [name, values] of columns) {
    // Of the columns of sequences a target may be given once, and the others are checked row by row.
    const first = values.find((value: number) => !Number.isNaN(value))
    if (values.some((value: number) => value !== first && !Number.isNaN(value))) continue
    const isClass = plan.classes !== undefined && plan.targets.includes(name)
    throw new RondoError(isClass ? 'RONDO_DATA_ONE_CLASS' : 'RONDO_DATA_CONSTANT', {
      message: `${name} is ${isClass ? `“${plan.classes[first ?? 0]}”` : (first ?? 'empty')} in every row of ${table.name} before the test rows.`,
      value: first ?? null,
      place: { ...fileOf(table), column: name },
      remedy: plan.targets.includes(name)
        ? 'Choose another target.'
        : 'Leave the column out: name the others with `features`.',
    })
  }
}

function splitRequest(context: PrepareContext, largestWindow: number, lag: number) {
  const { frame, plan, name } = context
  const targets = targetRows(frame, plan, largestWindow, lag)
  if (targets.length < 2) {
    const needed = Math.max(largestWindow + lookBack(plan.inputs), lag) + plan.horizon
    throw new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
      message: `${name} has ${count(frame.rows, 'row')} before the test rows; a window of ${largestWindow} and a horizon of ${plan.horizon} need more than ${needed}.`,
      value: frame.rows,
      place: { file: name },
    })
  }
  const labels = plan.classes === undefined ? undefined : frame.targets.get(plan.targets[0]!)!
  return {
    targets,
    horizon: plan.horizon,
    sequential: !plan.sequences,
    // Lagged inputs and the base of a difference may lie before the window.
    window: Math.max(largestWindow + lookBack(plan.inputs), lag),
    ...(labels && { labels: Int32Array.from(targets, (row) => labels[row]!) }),
    ...(frame.groups && { groups: Int32Array.from(targets, (row) => frame.groups![row]!) }),
  }
}

/** Train: every target before the test rows. Validation: every target whose steps are all test rows. */
function evaluationFold(
  context: PrepareContext,
  isTest: Uint8Array,
  largestWindow: number,
  lag: number,
): Fold {
  const { frame, plan } = context
  const rows = targetRows(frame, plan, largestWindow, lag)
  const first = (row: number) => row - (plan.task === 'forecast' ? plan.horizon : 1) + 1
  return {
    train: rows.filter((row) => isTest[row] === 0),
    validation: rows.filter((row) => isTest[plan.sequences ? row : first(row)] === 1),
  }
}

function describe(
  table: Table,
  options: ResolvedOptions,
  plan: Plan,
  frame: Frame,
  development: Frame,
  seasons: readonly number[],
): DatasetDescription {
  return {
    name: table.name,
    hash: createHash('sha256').update(table.hash).update(JSON.stringify(options)).digest('hex'),
    content: table.hash,
    task: plan.task,
    rows: frame.rows,
    testRows: frame.rows - development.rows,
    features: featureNames(plan),
    targets: plan.targets,
    horizon: plan.horizon,
    outputs: outputsOf(plan),
    ...(plan.quantiles && { quantiles: plan.quantiles }),
    ...(plan.classes && { classes: plan.classes }),
    seasons,
    ...(plan.task === 'forecast' && {
      ...naiveForecast(development, plan.targets[0]!, { season: seasons[0], horizon: plan.horizon }),
      ...(hasTrend(development, plan.targets[0]!) && { trend: true }),
    }),
    sequential: !plan.sequences,
    ...(plan.sequences && plan.id === undefined && { alone: true }),
  }
}
