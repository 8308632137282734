import { Command } from 'commander'
import type { CommandContext, CommandModule } from './commands/command-module.ts'
import { asTyped } from './terminal/as-typed.ts'
import { fitHelp } from './terminal/fit-help.ts'
import { VERSION } from './version.ts'

const EXAMPLES = `
Examples:
  $ rondo tune births.csv --target births --time 10m
  $ rondo tune rondo.config.ts --dry-run
  $ rondo show births
  $ rondo finish births

Exit codes: 0 done, 1 error, 2 wrong usage, 3 no trial has completed, 130 interrupted, 143 terminated.`

/** The program with all its commands, of which only the one that `args` calls is loaded. */
export async function createProgram(args: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('rondo')
    .description('Finds good hyperparameters for an LSTM, and trains it, on any machine without a GPU.')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', EXAMPLES)
  strict(program)
  program.version(VERSION, '-V, --version', 'print the version')
  const called = calledCommand(program, args)
  for (const { name, summary, load } of context.commands) {
    const command = strict(
      program
        .command(name)
        .summary(summary)
        .description(`${capital(summary)}.`),
    )
    if (name === called) define(await load(), command, context)
    else command.argument('[args...]')
  }
  return program
}

/** The first word that is no option; after `help`, the one that it asks about. */
function calledCommand(program: Command, args: readonly string[]): string | undefined {
  const { operands } = program.parseOptions([...args])
  return operands[0] === 'help' ? operands[1] : operands[0]
}

function define(module: CommandModule, command: Command, context: CommandContext): void {
  module.define(command, context)
}

/** Width of help that goes to a pipe; commander's own for the rest of it. */
const HELP_COLUMNS = 80

/** Errors are thrown instead of printed, so that all look the same; help still goes to standard output. */
function strict(command: Command): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      outputError: () => {},
      writeOut: (text) =>
        process.stdout.write(fitHelp(asTyped(text), process.stdout.columns ?? HELP_COLUMNS)),
    })
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
