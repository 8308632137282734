import { type Command, InvalidArgumentError } from 'commander'
import type { TrainOptions } from '../actions/train.ts'
import { addDataOptions } from '../flags/data-options.ts'
import { addParamOptions } from '../flags/param-options.ts'
import { STEPS } from '../flags/study-flags.ts'
import { addSetOption, addSplitterOptions } from '../flags/study-options.ts'
import { addTrainingOptions } from '../flags/training-options.ts'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addVerboseOption } from './output-options.ts'

const EXAMPLES = `
The trial is one of the study: it counts as tried, may become its best, and the search learns from it; the limits of
the study do not count it. Options of data and splitter are needed only where the study is not there yet.

Examples:
  $ rondo train births.csv --target births --units 64 --dropout 0.2
  $ rondo train rondo.config.ts --from best --learning-rate 0.003
  $ rondo train births --from 17 --param recurrentDropout=0.1`

export function define(command: Command, context: CommandContext): void {
  command
    .description('Trains one trial with params chosen by hand, compares it with the best, and advises.')
    .argument('[file]', 'a config, a data file or the name of a study; rondo.config.ts where absent')
  addParamOptions(command).option('--from <trial>', 'start from the params of `best`, or of a trial', from)
  addDataOptions(command, { window: false })
  addTrainingOptions(addSetOption(addSplitterOptions(command.optionsGroup('Study (of a new one):'))))
    .option('--seed <number>', 'of all randomness; 0 where absent', wholeNumber(0))
    .addOption(command.createOption('--step <name>', 'what computes the updates').choices(STEPS))
    .optionsGroup('Place:')
    .option('--study <name>', 'the name of the study; that of the file where absent')
    .option('--studies <folder>', 'where studies are kept; `studies` where absent')
  addVerboseOption(addOutputOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: TrainOptions) => {
      const { train } = await import('../actions/train.ts')
      await train(file, options, context)
    })
}

function from(text: string): number | 'best' {
  if (text === 'best') return text
  if (/^\d+$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be `best` or the number of a trial.')
}
