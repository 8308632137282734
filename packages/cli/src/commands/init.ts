import type { Command } from 'commander'
import type { InitOptions } from '../actions/init.ts'
import { names } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions } from './output-options.ts'

const EXAMPLES = `
In a terminal, what is not given is asked for.

Examples:
  $ rondo init births.csv --target births
  $ rondo init --plugin search hill-climb     a folder with a search strategy, its test and its README`

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('[file]', 'a CSV file to write a config for; with --plugin the name of the plugin')
    .option('--target <columns>', 'what to predict', names)
    .option('--config <file>', 'the config to write', 'rondo.config.ts')
    .addOption(
      command
        .createOption('--plugin <kind>', 'write the beginnings of a plugin instead')
        .choices(['search', 'scheduler', 'splitter', 'callback']),
    )
    .option('--force', 'write over a config that is there')
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: InitOptions) => {
      const { init } = await import('../actions/init.ts')
      await init(file, options, output)
    })
}
