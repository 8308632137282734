import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption, type StudiesOptions } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo list
  $ rondo list --json | jq .study`

export function define(command: Command, { output }: CommandContext): void {
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async ({ studies }: StudiesOptions) => {
      const { list } = await import('../actions/list.ts')
      list(studies, output)
    })
}
