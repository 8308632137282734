import type { Command } from 'commander'
import type { ReportCommandOptions } from '../actions/report.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions } from './output-options.ts'

const EXAMPLES = `
The file needs nothing else: it can be sent, and read without a network.

Examples:
  $ rondo report births
  $ rondo report births --out reports/births.html --no-interactive`

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('<study>', 'its name')
    .option('--out <file>', 'the file to write; <study>.html where absent')
    .option('--no-interactive', 'charts that are drawn only: the file is 1.1 MB smaller')
  addStudyPlaceOptions(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: ReportCommandOptions) => {
      const { report } = await import('../actions/report.ts')
      await report(study, options, output)
    })
}
