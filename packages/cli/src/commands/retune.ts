import type { Command } from 'commander'
import type { RetuneOptions } from '../actions/retune.ts'
import { addStudyLimits } from '../flags/study-options.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
A study of its own (births-2 after births) is tuned on the file, which has the columns of the first: the rows of then
and those that have arrived since. The best params known are tried first. At its end the winner and the model in use
are scored on the same test rows, the last ones, on which neither was trained. The winner is put into use only where
the whole 90 % interval of the difference is on the better side of zero; else the model in use stays. The
model in use is then in studies/births/in-use, and \`rondo predict births\` predicts with it. The same command again
goes on with what was interrupted, and repeats what was decided.

Examples:
  $ rondo retune births births-until-june.csv
  $ rondo retune births births-until-june.csv --trials 10 --dry-run
  $ rondo retune births births-until-june.csv --json | tail -n 1 | jq .shipped

It ends with 0 whether or not the winner was put into use: which, is in the last JSON line.`

export function define(command: Command, context: CommandContext): void {
  command
    .argument('<study>', 'the study whose model is in use')
    .argument('<file>', 'its data with the rows that have arrived since: CSV or Parquet')
  addStudyLimits(command.optionsGroup('Limits (those of the study where absent):'))
  command
    .optionsGroup('Running:')
    .option('--workers <count>', 'processes that train at the same time', wholeNumber(1))
  addStudyPlaceOptions(command)
  addVerboseOption(addOutputOptions(command))
    .option('--dry-run', 'print what would be done, and why, and do nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, file: string, options: RetuneOptions) => {
      const { retune } = await import('../actions/retune.ts')
      await retune(study, file, options, context)
    })
}
