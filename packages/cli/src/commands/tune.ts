import type { Command } from 'commander'
import type { TuneOptions } from '../actions/tune.ts'
import { addStudyOptions } from '../flags/study-options.ts'
import { names } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo tune                                    the rondo.config.ts of this folder
  $ rondo tune births.csv --target births --calendar --time 10m
  $ rondo tune births.csv --target births --window 14,28 --set units=16..128:log --dry-run
  $ rondo tune rondo.config.ts --search random --trials 50 --study by-chance
  $ rondo tune births --tune dropout --splitter walk-forward --trials 10
  $ rondo tune rondo.config.ts --json > events.jsonl`

export function define(command: Command, context: CommandContext): void {
  command
    .description('Searches for good hyperparameters: those of a config, or of an LSTM on a CSV file.')
    .argument(
      '[file]',
      'a config (.ts, .js, .mjs) or a data file, with --tune also a study; rondo.config.ts where absent',
    )
  addStudyOptions(command)
    .option(
      '--tune <names>',
      'vary only these; the others are held at the best of the study, in a study of its own',
      names,
    )
    .option('--study <name>', 'the name of the study; that of the file where absent')
    .option('--resume', 'go on with the study where it has been begun, instead of refusing its name')
    .option('--studies <folder>', 'where studies are kept; `studies` where absent')
  addVerboseOption(addOutputOptions(command))
    .option('--dry-run', 'print what would be done, and why, and do nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: TuneOptions) => {
      const { tune } = await import('../actions/tune.ts')
      await tune(file, options, context)
    })
}
