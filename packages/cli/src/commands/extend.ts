import type { Command } from 'commander'
import type { ExtendOptions } from '../actions/extend.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudyPlaceOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
The trial goes on from its last checkpoint, at most to the full budget of the study.

Examples:
  $ rondo extend births 17 --epochs 80
  $ rondo extend births 17 --folds 3`

export function define(command: Command, context: CommandContext): void {
  command
    .argument('<study>', 'its name')
    .argument('<trial>', 'the number of the trial', wholeNumber(0))
    .option('--epochs <count>', 'how far to train, counted from its first epoch', wholeNumber(1))
    .option('--folds <count>', 'on how many of the folds', wholeNumber(1))
  addStudyPlaceOptions(command)
  addVerboseOption(addOutputOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, trial: number, options: ExtendOptions) => {
      const { extend } = await import('../actions/extend.ts')
      await extend(study, trial, options, context)
    })
}
