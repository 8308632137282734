import { didYouMean, RondoError } from '@rondo/core'
import type { Command, CommanderError } from 'commander'

/** What commander says about a command line, as an error of the catalogue with the nearest name. */
export function usageError(error: CommanderError, command: Command, commands: readonly string[]): RondoError {
  const offending = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const path = pathOf(command)
  const remedy = `See \`${path} --help\`.`
  switch (error.code) {
    case 'commander.unknownOption': {
      const known = command.options.map(({ long }) => long ?? '').filter((name) => name !== '')
      return new RondoError('RONDO_OPTION_UNKNOWN', {
        message: `\`${path}\` has no option ${offending}.${didYouMean(offending, known)}`,
        value: offending,
        place: { field: offending },
        remedy,
      })
    }
    case 'commander.unknownCommand':
      return new RondoError('RONDO_USAGE', {
        message: `There is no command “${offending}”.${didYouMean(offending, commands)}`,
        value: offending,
        remedy: `The commands are ${commands.join(', ')}; see \`rondo --help\`.`,
      })
    case 'commander.invalidArgument':
      return invalidArgument(error, remedy)
    default:
      return new RondoError('RONDO_USAGE', { message: sentence(error.message), remedy })
  }
}

/** A value that an option or an argument cannot take; of a choice, with the nearest one. */
function invalidArgument({ message }: CommanderError, remedy: string): RondoError {
  const [, flag] = /option '(?:-\w, )?(--[a-z-]+)/.exec(message) ?? []
  const [, value = ''] = /argument (?:value )?'([^']*)' is invalid/.exec(message) ?? []
  const [, argument = 'argument'] = /for argument '([^']*)'/.exec(message) ?? []
  const [, choices] = /Allowed choices are (.*)\.$/.exec(message) ?? []
  const near = choices === undefined ? '' : didYouMean(value, choices.split(', '))
  return new RondoError('RONDO_OPTION_INVALID', {
    message: sentence(message) + near,
    value,
    place: { field: flag ?? `<${argument}>` },
    remedy,
  })
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

function sentence(message: string): string {
  const text = message.replace(/^error: /, '').trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}
