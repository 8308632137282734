import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption, type StudiesOptions } from './output-options.ts'

const EXAMPLES = `
Each line is the best value that a study had found after so many trials. Studies are only compared where they
rank their trials by the same metric on the same data.

Examples:
  $ rondo compare births by-chance
  $ rondo compare births by-chance --json`

export function define(command: Command, { output }: CommandContext): void {
  command.argument('<studies...>', 'two or more names')
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (names: readonly string[], { studies }: StudiesOptions) => {
      const { compare } = await import('../actions/compare.ts')
      compare(names, studies, output)
    })
}
