import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption, type StudiesOptions } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo doctor
  $ rondo doctor --json`

export function define(command: Command, context: CommandContext): void {
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async ({ studies }: StudiesOptions) => {
      const { doctor } = await import('../actions/doctor.ts')
      await doctor(studies, context)
    })
}
