import type { Command } from 'commander'
import type { ShowOptions } from '../actions/show.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo show births
  $ rondo show births --trial 7
  $ rondo show births --importance
  $ rondo show births --sort value --json`

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('<study>', 'its name')
    .option('--trial <number>', 'everything about one trial', wholeNumber(0))
    .addOption(
      command.createOption('--importance', 'which hyperparameters matter, and how').conflicts('trial'),
    )
    .addOption(
      command
        .createOption('--sort <by>', 'order of the trials')
        .choices(['number', 'value'])
        .default('number'),
    )
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: ShowOptions) => {
      const { show } = await import('../actions/show.ts')
      await show(study, options, output)
    })
}
