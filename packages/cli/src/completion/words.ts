import type { Command } from 'commander'

/** A command as a shell completes it. */
export interface Word {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionWord[]
  /** Whether its first argument is the name of a study. */
  readonly takesStudy: boolean
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

/** What a defined command has to complete. */
export function wordsOf(command: Command, summary: string): Word {
  const options = command.options.map(({ long, description, required, argChoices = [] }) => ({
    flag: long ?? '',
    description,
    takesValue: required,
    choices: argChoices,
  }))
  const help = { flag: '--help', description: 'show the help', takesValue: false, choices: [] }
  const first = command.registeredArguments[0]?.name()
  return {
    name: command.name(),
    summary,
    options: [...options, help],
    takesStudy: first === 'study' || first === 'studies',
  }
}
