import type { Command } from 'commander'
import type { FinishOptions } from '../actions/finish.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
The test rows were sealed until now. Each time they are opened is written to the log: choosing by their
scores would make them part of the search.

Examples:
  $ rondo finish births
  $ rondo finish births --json`

export function define(command: Command, context: CommandContext): void {
  addStudyPlaceOptions(command.argument('<study>', 'its name'))
  addVerboseOption(addOutputOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: FinishOptions) => {
      const { finish } = await import('../actions/finish.ts')
      await finish(study, options, context)
    })
}
