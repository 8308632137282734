import type { Command } from 'commander'

/** A command as a shell completes it. */
export interface Word {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionWord[]
  /** Whether its first argument is the name of a study. */
  readonly takesStudy: boolean
  /** The only values that its first argument takes, where there are some. */
  readonly choices: readonly string[]
}

/** An option as a shell completes it. */
export interface OptionWord {
  /** With its dashes. */
  readonly flag: string
  readonly description: string
  /** Whether a value must follow. */
  readonly takesValue: boolean
  /** The only values it takes, where there are some. */
  readonly choices: readonly string[]
}

/** Without those that shells read as something else, such as `;` and `|`. */
const plainWords = (choices: readonly string[]): readonly string[] =>
  choices.filter((choice) => /^[\w.-]+$/.test(choice))

/** What a defined command has to complete. */
export function wordsOf(command: Command, summary: string): Word {
  const options = command.options.map(({ long, description, required, argChoices = [] }) => ({
    flag: long ?? '',
    description,
    takesValue: required,
    choices: plainWords(argChoices),
  }))
  const help = { flag: '--help', description: 'show the help', takesValue: false, choices: [] }
  const [argument] = command.registeredArguments
  const first = argument?.name()
  return {
    name: command.name(),
    summary,
    options: [...options, help],
    takesStudy: first === 'study' || first === 'studies',
    choices: plainWords(argument?.argChoices ?? []),
  }
}
