import { resolve } from 'node:path'
import type { Hyperparameter, Objective, SpaceDefinition } from '@rondo/core'
import { type Command, Option } from 'commander'
import { defined } from '../config/defined.ts'
import { spaceEntry } from './space-entry.ts'
import {
  type ColumnFlags,
  NUMERICS,
  SCHEDULERS,
  SEARCHES,
  SPLITTERS,
  STEPS,
  type StudyFlags,
  TASKS,
} from './study-flags.ts'
import { milliseconds, names, share, wholeNumber, wholeNumbers } from './values.ts'

/** What commander makes of the options below. */
export interface StudyOptions {
  readonly target?: readonly string[]
  readonly task?: ColumnFlags['task']
  readonly horizon?: number
  readonly window?: readonly number[]
  readonly features?: readonly string[]
  readonly known?: readonly string[]
  readonly calendar?: boolean | readonly string[]
  readonly timeColumn?: string
  readonly idColumn?: string
  readonly missing?: string
  readonly scale?: string
  readonly test?: number
  readonly minimize?: string
  readonly maximize?: string
  readonly search?: StudyFlags['search']
  readonly scheduler?: StudyFlags['scheduler']
  readonly splitter?: StudyFlags['splitter']
  readonly folds?: number
  readonly trials?: number
  readonly time?: number
  readonly patience?: number
  readonly epochs?: number
  readonly earlyStopping?: number
  readonly seed?: number
  readonly workers?: number
  readonly lag?: number
  readonly step?: StudyFlags['step']
  readonly numerics?: StudyFlags['numerics']
  readonly set?: readonly (readonly [string, Hyperparameter])[]
}

/** Gives a command the options that describe a study. */
export function addStudyOptions(command: Command): Command {
  addDataOptions(command)
  addSearchOptions(command)
  addLimitOptions(command)
  command.optionsGroup('Running:')
  return command
    .option('--seed <number>', 'of all randomness; 0 where absent', wholeNumber(0))
    .option('--workers <count>', 'processes that train at the same time', wholeNumber(1))
    .option(
      '--lag <legs>',
      'make the whole study a function of its seed, with so many legs in flight',
      wholeNumber(0),
    )
    .addOption(new Option('--step <name>', 'what computes the updates; auto where absent').choices(STEPS))
    .addOption(
      new Option('--numerics <kind>', 'portable: the same bits on every CPU; fast where absent').choices(
        NUMERICS,
      ),
    )
}

/** Gives a command the options that describe a data file; `window` where that is not the value of one trial. */
export function addDataOptions(command: Command, { window = true } = {}): void {
  command.optionsGroup('Data (of a CSV file; over a config, its csv(…)):')
  command
    .option('--target <columns>', 'what to predict', names)
    .addOption(new Option('--task <kind>', 'inferred where absent').choices(TASKS))
    .option('--horizon <steps>', 'steps ahead to forecast', wholeNumber(1))
    .option('--features <columns>', 'input columns; every usable one where absent', names)
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
  if (window) {
    command.option(
      '--window <steps>',
      'steps that the model sees; several to choose from: 14,28,56',
      wholeNumbers,
    )
  }
}

function addSearchOptions(command: Command): void {
  command.optionsGroup('Search:')
  command
    .addOption(new Option('--search <name>', 'how params are chosen').choices(SEARCHES))
    .addOption(new Option('--scheduler <name>', 'what runs next, and how far').choices(SCHEDULERS))
  addSetOption(addSplitterOptions(command))
    .addOption(
      new Option('--minimize <metric>', 'rank trials by this, the smaller the better').conflicts('maximize'),
    )
    .option('--maximize <metric>', 'rank trials by this, the larger the better')
}

/** Gives a command the option that changes single hyperparameters of the space. */
export function addSetOption(command: Command): Command {
  return command.option(
    '--set <name=values>',
    'a hyperparameter: units=32..256:log, batchSize=16,32 or optimizer=adam',
    collected,
  )
}

/** Gives a command the options that say how validation rows are taken. */
export function addSplitterOptions(command: Command): Command {
  return command
    .addOption(new Option('--splitter <name>', 'how validation rows are taken').choices(SPLITTERS))
    .option('--folds <count>', 'folds of the splitter', wholeNumber(1))
}

function addLimitOptions(command: Command): void {
  command.optionsGroup('Limits:')
  addStudyLimits(command)
    .option('--epochs <count>', 'the most epochs of a trial', wholeNumber(1))
    .option(
      '--early-stopping <epochs>',
      'end a trial after so many epochs without a better value; 0: never',
      wholeNumber(0),
    )
}

/** The options that may change when a study is resumed. */
export function addStudyLimits(command: Command): Command {
  return command
    .option(
      '--trials <count>',
      'trials to start, over all sessions; those by hand are not counted',
      wholeNumber(1),
    )
    .option('--time <duration>', 'time to work, over all sessions: 90s, 10m, 1h30m', milliseconds)
    .option('--patience <trials>', 'end after so many trials in a row without a better value', wholeNumber(1))
}

/** The study that the options describe, as data. Only what was given is there. */
export function studyFlags(options: StudyOptions): StudyFlags {
  const { target, task, horizon, features, known, timeColumn, idColumn, calendar, missing, scale, test } =
    options
  const columns = defined({
    target,
    task,
    horizon,
    features,
    known,
    time: timeColumn,
    id: idColumn,
    calendar,
    missing,
    scale,
    test,
  })
  const { search, scheduler, splitter, folds, trials, time, patience, epochs, earlyStopping } = options
  const { seed, workers, lag, step, numerics } = options
  const space: SpaceDefinition = { ...windowEntry(options.window), ...Object.fromEntries(options.set ?? []) }
  return defined({
    columns: Object.keys(columns).length > 0 ? columns : undefined,
    space: Object.keys(space).length > 0 ? space : undefined,
    objective: objective(options),
    search,
    scheduler,
    splitter,
    folds,
    trials,
    timeMs: time,
    patience,
    epochs,
    earlyStopping,
    seed,
    workers,
    lag,
    step,
    numerics,
  }) as StudyFlags
}

const CONFIG_FILE = /\.[cm]?[jt]s$/

/** Whether a file name is that of a config rather than of data. */
const isConfigFile = (file: string): boolean => CONFIG_FILE.test(file)

/** The flags of a file named on the command line. */
export function fileFlags(file: string | undefined): Pick<StudyFlags, 'config' | 'data'> {
  if (file === undefined) return {}
  return isConfigFile(file) ? { config: resolve(file) } : { data: resolve(file) }
}

function collected(
  text: string,
  before: readonly (readonly [string, Hyperparameter])[] = [],
): readonly (readonly [string, Hyperparameter])[] {
  return [...before, spaceEntry(text)]
}

function windowEntry(window: readonly number[] | undefined): SpaceDefinition {
  if (window === undefined) return {}
  return {
    window: window.length === 1 ? { type: 'fixed', value: window[0]! } : { type: 'choice', values: window },
  }
}

function objective({ minimize, maximize }: StudyOptions): Objective | undefined {
  if (minimize !== undefined) return { metric: minimize, direction: 'minimize' }
  return maximize === undefined ? undefined : { metric: maximize, direction: 'maximize' }
}
