import type { Command } from 'commander'
import { wholeNumber } from '../flags/values.ts'
import type { CommandContext } from './command-module.ts'
import { addOutputOptions, addStudiesOption, type StudiesOptions } from './output-options.ts'

const EXAMPLES = `
Examples:
  $ rondo show births
  $ rondo show births --trial 7
  $ rondo show births --sort value --json`

interface ShowOptions extends StudiesOptions {
  readonly trial?: number
  readonly sort: 'number' | 'value'
}

export function define(command: Command, { output }: CommandContext): void {
  command
    .argument('<study>', 'its name')
    .option('--trial <number>', 'everything about one trial', wholeNumber(0))
    .addOption(
      command
        .createOption('--sort <by>', 'order of the trials')
        .choices(['number', 'value'])
        .default('number'),
    )
  addStudiesOption(command)
  addOutputOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (study: string, { studies, trial, sort }: ShowOptions) => {
      const [{ openStore, readStudyOf }, { showStudy }, { showTrial }] = await Promise.all([
        import('../study/stores.ts'),
        import('../study/show-study.ts'),
        import('../study/show-trial.ts'),
      ])
      const reading = readStudyOf(openStore(studies), study)
      if (trial === undefined) showStudy(reading, sort, output)
      else showTrial(reading, trial, output)
    })
}
