import type { Command } from 'commander'
import type { PredictOptions } from '../actions/predict.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption } from './output-options.ts'

const EXAMPLES = `
The rows need the columns that the model was trained on, and as many of them as it looks back. Predictions are
in the data's own units. A forecast goes on from the last row of each series; where ids tell sequences apart, each
sequence is predicted as a whole. Beside a number stand its quantiles, where the model was trained on some, and the
bounds of its intervals, as far as validation rows could tell them.

Examples:
  $ rondo predict studies/births/best new.csv
  $ rondo predict births new.csv --all --output predictions.csv
  $ rondo predict births new.csv --steps 30
  $ tail -n 100 births.csv | cat header.csv - | rondo predict births -
  $ curl -s https://example.org/rows | rondo predict births - --format json --json`

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('<model>', 'the folder of a saved model, or a study, whose best is then used')
    .argument('<file>', 'rows, the latest last: CSV, Parquet or JSON lines; - for standard input')
    .option(
      '--all',
      'predict from every row with enough rows before it, not from the last one only (sequences: always all)',
    )
    .addOption(
      command
        .createOption('--steps <count>', 'forecast so far ahead, each prediction upon those before it')
        .argParser(wholeNumber(1))
        .conflicts('all'),
    )
    .addOption(
      command.createOption('--format <name>', 'how standard input is written').choices(['csv', 'json']),
    )
    .option('--output <file>', 'write the predictions into a file, whole or not at all')
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (model: string, file: string, options: PredictOptions) => {
      const { predict } = await import('../actions/predict.ts')
      await predict(model, file, options, output)
    })
}
