import type { Command } from 'commander'
import { DEFAULT_STUDIES } from '../study/default-studies.ts'

/** Options of every command. `--json` is read by the output itself. */
export interface OutputOptions {
  readonly json?: boolean
}

/** Options of commands that open studies by their name. */
export interface StudiesOptions extends OutputOptions {
  readonly studies: string
}

/** Options of commands that rebuild a study from what it was begun with. */
export interface StudyPlaceOptions extends StudiesOptions {
  readonly file?: string
}

/** Gives a command what every command has. */
export function addOutputOptions(command: Command): Command {
  command.optionsGroup('Output:')
  return command
    .option('--json', 'results as JSON lines on standard output; text for people on standard error')
    .helpOption('-h, --help', 'show this help')
}

/** Gives a command the option that says where studies are kept. */
export function addStudiesOption(command: Command): Command {
  return command.option('--studies <folder>', 'where studies are kept', DEFAULT_STUDIES)
}

/** Gives a command the options that say where a study is, and where what it was begun with lies now. */
export function addStudyPlaceOptions(command: Command): Command {
  return addStudiesOption(command).option(
    '--file <path>',
    'where its config or data file lies now, if it was moved',
  )
}

/** Gives a command the option that shows its log. */
export function addVerboseOption(command: Command): Command {
  return command.option('-v, --verbose', 'show the log as it is written')
}
