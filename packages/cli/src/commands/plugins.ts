import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo plugins                    what Rondo brings, and how a config calls it
  $ rondo plugins rondo.config.ts    what that config composes`

export function define(command: Command, { output }: CommandContext): void {
  command.argument('[config]', 'a config')
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (config: string | undefined) => {
      const { plugins } = await import('../actions/plugins.ts')
      await plugins(config, output)
    })
}
