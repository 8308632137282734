import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption, type StudiesOptions } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo best births
  $ rondo best births --json | jq .params`

export function define(command: Command, { output }: CommandContext): void {
  addStudiesOption(command.argument('<study>', 'its name'))
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, { studies }: StudiesOptions) => {
      const { best } = await import('../actions/best.ts')
      best(study, studies, output)
    })
}
