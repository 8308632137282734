import type { Command } from 'commander'
import type { ExitCode } from '../exit-codes.ts'
import type { Output } from '../terminal/output.ts'

/** What a command works with. */
export interface CommandContext {
  readonly output: Output
  /** All of them, for those that speak of others. */
  readonly commands: readonly CommandEntry[]
  /** Says what the process is to end with, where that is not 0. */
  exitWith(code: ExitCode): void
}

/** The file of one command. */
export interface CommandModule {
  /** Gives the command its arguments, options, examples and action. */
  define(command: Command, context: CommandContext): void
}

/** A command as the list of commands shows it; its file is loaded when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}
