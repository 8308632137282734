import type { Command } from 'commander'
import type { ResumeOptions } from '../actions/resume.ts'
import { addStudyLimits } from '../flags/study-options.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
A study goes on where it stopped: trials that were interrupted from their last checkpoint. Its limits may
change; if its config or its data has changed, it is refused, and what differs is named.

Examples:
  $ rondo resume births
  $ rondo resume births --trials 50
  $ rondo resume births --time 1h --workers 2`

export function define(command: Command, context: CommandContext): void {
  command.argument('<study>', 'its name')
  addStudyLimits(command.optionsGroup('Limits:'))
  command
    .optionsGroup('Running:')
    .option('--workers <count>', 'processes that train at the same time', wholeNumber(1))
  addStudyPlaceOptions(command)
  addVerboseOption(addOutputOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: ResumeOptions) => {
      const { resume } = await import('../actions/resume.ts')
      await resume(study, options, context)
    })
}
