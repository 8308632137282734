import type { Command } from 'commander'
import type { ExportOptions } from '../actions/export.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo export births > trials.csv
  $ rondo export births --curves --output curves.csv
  $ rondo export births --events --output births.jsonl
  $ rondo export births --model births-model`

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('<study>', 'its name')
    .option('--curves', 'the losses and metrics of each trial, fold and epoch, not one row a trial')
    .addOption(
      command.createOption('--events', 'the whole log as JSON lines, as it was written').conflicts('curves'),
    )
    .addOption(
      command
        .createOption('--model <folder>', 'a copy of the model that predict uses, whole or not at all')
        .conflicts(['curves', 'events', 'output']),
    )
    .option('--output <file>', 'write into a file, whole or not at all')
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, options: ExportOptions) => {
      const { exportStudy } = await import('../actions/export.ts')
      await exportStudy(study, options, output)
    })
}
