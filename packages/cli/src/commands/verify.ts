import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions, type StudyPlaceOptions } from './output-options.ts'

const EXAMPLES = `
Nothing is trained: search and scheduler are asked again, each time with what the log says they knew. Ends with
1 where one of them answers otherwise, and names the first difference.

Examples:
  $ rondo verify births
  $ rondo verify births --json`

export function define(command: Command, context: CommandContext): void {
  addStudyPlaceOptions(command.argument('<study>', 'its name'))
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: StudyPlaceOptions) => {
      const { verify } = await import('../actions/verify.ts')
      await verify(study, options, context)
    })
}
