import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  DROPOUT_SCHEDULES,
  type DropoutScheduleName,
  RATE_SCHEDULES,
  type StudyFlags,
} from './study-flags.ts'
import { wholeNumber } from './values.ts'

/** What commander makes of the options below. */
export type TrainingOptions = Pick<
  StudyFlags,
  'epochs' | 'earlyStopping' | 'learningRateSchedule' | 'dropoutSchedule'
>

/** Gives a command the options that say how each trial is trained. */
export function addTrainingOptions(command: Command): Command {
  return command
    .option('--epochs <count>', 'the most epochs of a trial', wholeNumber(1))
    .option(
      '--early-stopping <epochs>',
      'end a trial after so many epochs without a better value; 0: never',
      wholeNumber(0),
    )
    .addOption(
      new Option('--learning-rate-schedule <name>', 'how the learning rate changes in training').choices(
        RATE_SCHEDULES,
      ),
    )
    .option(
      '--dropout-schedule <course>',
      'the rate of dropout from the first epoch to the last: linear:0..0.4',
      dropoutSchedule,
    )
}

function dropoutSchedule(text: string): StudyFlags['dropoutSchedule'] {
  const [kind = '', rates = ''] = text.split(':')
  const [from, to = from] = rates.split('..').map((rate) => (rate.trim() === '' ? Number.NaN : Number(rate)))
  const isRate = (rate: number | undefined): rate is number => rate !== undefined && rate >= 0 && rate < 1
  const isKind = (name: string): name is DropoutScheduleName =>
    DROPOUT_SCHEDULES.some((known) => known === name)
  if (isKind(kind) && isRate(from) && isRate(to)) return { kind, from, to }
  throw new InvalidArgumentError(
    'It must be constant, linear or cosine with rates below 1, as in linear:0..0.4.',
  )
}
