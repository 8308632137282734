import { resolve } from 'node:path'
import type { Hyperparameter, Objective, SpaceDefinition } from '@rondo/core'
import { type Command, Option } from 'commander'
import { defined } from '../config/defined.ts'
import { addDataOptions, columnFlags, type DataOptions } from './data-options.ts'
import { spaceEntry } from './space-entry.ts'
import {
  type ColumnFlags,
  NUMERICS,
  SCHEDULERS,
  SEARCHES,
  SPLITTERS,
  STEPS,
  type StudyFlags,
} from './study-flags.ts'
import { addTrainingOptions, type TrainingOptions } from './training-options.ts'
import { milliseconds, warmStart, wholeNumber } from './values.ts'

/** What commander makes of the options below. */
export interface StudyOptions extends DataOptions, TrainingOptions {
  readonly window?: readonly number[]
  readonly minimize?: string
  readonly maximize?: string
  readonly search?: StudyFlags['search']
  readonly warmStart?: StudyFlags['warmStart']
  readonly scheduler?: StudyFlags['scheduler']
  readonly splitter?: StudyFlags['splitter']
  readonly folds?: number
  readonly trials?: number
  readonly time?: number
  readonly patience?: number
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

function addSearchOptions(command: Command): void {
  command.optionsGroup('Search:')
  command
    .addOption(new Option('--search <name>', 'how params are chosen').choices(SEARCHES))
    .option(
      '--warm-start <study[:trials]>',
      'try the best configurations of an earlier study first',
      warmStart,
    )
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
  addTrainingOptions(command.optionsGroup('Training:'))
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
  const columns = columnFlags(options)
  const { search, warmStart, scheduler, splitter, folds, trials, time, patience } = options
  const { epochs, earlyStopping, learningRateSchedule, dropoutSchedule } = options
  const { seed, workers, lag, step, numerics } = options
  const space: SpaceDefinition = {
    ...windowEntry(options.window),
    ...featuresEntry(columns?.features),
    ...Object.fromEntries(options.set ?? []),
  }
  return defined({
    columns,
    space: Object.keys(space).length > 0 ? space : undefined,
    objective: objective(options),
    search,
    warmStart,
    scheduler,
    splitter,
    folds,
    trials,
    timeMs: time,
    patience,
    epochs,
    earlyStopping,
    learningRateSchedule,
    dropoutSchedule,
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

/** Sets of input columns are there to be chosen from. */
function featuresEntry(features: ColumnFlags['features']): SpaceDefinition {
  if (features === undefined || Array.isArray(features)) return {}
  const values = Object.keys(features)
  return values.length > 1 ? { features: { type: 'choice', values } } : {}
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
