import { type Command, Option } from 'commander'
import { defined } from '../config/defined.ts'
import { type ColumnFlags, TASKS } from './study-flags.ts'
import { names, number, numbers, share, wholeNumber, wholeNumbers } from './values.ts'

/** What commander makes of the options below. */
export interface DataOptions extends Omit<ColumnFlags, 'time' | 'id'> {
  readonly timeColumn?: string
  readonly idColumn?: string
}

/** Gives a command the options that describe a data file; `window` where that is not the value of one trial. */
export function addDataOptions(command: Command, { window = true } = {}): void {
  command.optionsGroup('Data (of a CSV file; over a config, its csv(…)):')
  addColumns(command)
  if (window) {
    command.option(
      '--window <steps>',
      'steps that the model sees; several to choose from: 14,28,56',
      wholeNumbers,
    )
  }
  command.optionsGroup('Data, in detail:')
  addForecastDetails(command)
  addClassDetails(command)
  addFileDetails(command)
}

function addColumns(command: Command): void {
  command
    .option('--target <columns>', 'what to predict', names)
    .addOption(new Option('--task <kind>', 'inferred where absent').choices(TASKS))
    .option(
      '--horizon <steps>',
      'steps ahead to forecast; 0: the class or number of the last row itself',
      wholeNumber(0),
    )
    .option(
      '--features <columns>',
      'input columns, every usable one where absent; given as few=a,b several times, sets to choose from',
      features,
    )
    .option('--known <columns>', 'inputs known ahead, such as a planned promotion', names)
    .option('--calendar [parts]', 'calendar inputs: hour, weekday, dayOfYear, month, or what is usual', names)
    .option('--time-column <column>', 'when each row was measured')
    .option('--id-column <column>', 'to which series or sequence each row belongs')
    .addOption(
      new Option('--missing <how>', 'what to do about empty fields').choices([
        'error',
        'ffill',
        'mean',
        'drop',
      ]),
    )
    .addOption(
      new Option('--scale <how>', 'scaling of columns').choices([
        'standard',
        'minmax',
        'robust',
        'none',
        'log1p',
      ]),
    )
    .option('--test <size>', 'share or number of the last rows, sealed until `rondo finish`', share)
}

/** Columns, or one more set of them. */
function features(text: string, before?: ColumnFlags['features']): NonNullable<ColumnFlags['features']> {
  const at = text.indexOf('=')
  if (at < 1) return names(text)
  const others = before === undefined || Array.isArray(before) ? {} : before
  return { ...others, [text.slice(0, at).trim()]: names(text.slice(at + 1)) }
}

function addForecastDetails(command: Command): void {
  command
    .addOption(
      new Option('--strategy <name>', 'all steps at once, or each upon those before it').choices([
        'direct',
        'recursive',
      ]),
    )
    .option('--lags <steps>', 'past values of the target as inputs: 7,364', wholeNumbers)
    .option('--seasons <steps>', 'seasonal periods in rows; by the time step where absent', wholeNumbers)
    .addOption(
      new Option('--gaps <how>', 'what a left-out time step is; an error where absent').choices([
        'error',
        'keep',
      ]),
    )
    .addOption(
      new Option('--test-by <what>', 'of several series: their last rows, or whole series').choices([
        'time',
        'id',
      ]),
    )
    .addOption(
      new Option('--scale-by <what>', 'several series together, or each by itself').choices([
        'all',
        'series',
      ]),
    )
    .option('--quantiles <shares>', 'shares below which the target is to lie: 0.1,0.5,0.9', numbers)
    .option('--intervals <shares>', 'shares that the intervals of predictions hold: 0.8,0.95', numbers)
}

function addClassDetails(command: Command): void {
  command
    .addOption(
      new Option('--class-weights <how>', 'weigh rare classes more in the loss').choices([
        'none',
        'balanced',
      ]),
    )
    .option('--positive <class>', 'of two classes; the rarer of them, or the second, where absent')
    .option(
      '--threshold <value>',
      'from which probability on it is the positive class, or what that makes largest on validation rows: mcc, f1, …',
      (text) => (/^[a-z]/i.test(text) ? text : number(text)),
    )
}

function addFileDetails(command: Command): void {
  command
    .addOption(new Option('--separator <sign>', 'of fields').choices([',', ';', '\t', '|']))
    .addOption(new Option('--decimal <sign>', 'of numbers').choices(['.', ',']))
}

/** The columns that the options describe; `undefined` where none was given. */
export function columnFlags(options: DataOptions): ColumnFlags | undefined {
  const { timeColumn: time, idColumn: id } = options
  const { target, task, horizon, features, known, calendar, missing, scale, test } = options
  const { strategy, lags, seasons, gaps, testBy, scaleBy, quantiles, intervals } = options
  const { classWeights, positive, threshold, separator, decimal } = options
  const basic = { target, task, horizon, features, known, time, id, calendar, missing, scale, test }
  const ofForecasts = { strategy, lags, seasons, gaps, testBy, scaleBy, quantiles, intervals }
  const rest = { classWeights, positive, threshold, separator, decimal }
  const columns = defined({ ...basic, ...ofForecasts, ...rest })
  return Object.keys(columns).length > 0 ? columns : undefined
}
