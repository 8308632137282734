import { Command, CommanderError } from 'commander'
import { COMMANDS } from './commands/index.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { createProgram } from './program.ts'
import { type Output, processOutput } from './terminal/output.ts'

/** Runs one command line and says what the process is to end with. Nothing is thrown. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const output = processOutput(args.includes('--json'))
  let exitCode: ExitCode = EXIT.ok
  let program = new Command('rondo')
  try {
    program = await createProgram(args, {
      output,
      commands: COMMANDS,
      exitWith: (code) => {
        exitCode = code
      },
    })
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok
    return report(error, program, args, output)
  }
}

/** Tells an error that came out of nowhere. */
export async function reportUncaught(error: unknown): Promise<void> {
  const args = process.argv.slice(2)
  await report(error, new Command('rondo'), args, processOutput(args.includes('--json')))
}

async function report(
  error: unknown,
  program: Command,
  args: readonly string[],
  output: Output,
): Promise<ExitCode> {
  // Loaded only now: core takes longer to load than a line of help may take to appear.
  const [{ asRondoError }, { usageError }, { renderError }, { exitCodeOf }] = await Promise.all([
    import('@rondo/core'),
    import('./errors/usage-error.ts'),
    import('./errors/render-error.ts'),
    import('./errors/exit-code-of.ts'),
  ])
  // Without a command, commander shows the help and calls it an error.
  if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.usage
  const coded =
    error instanceof CommanderError
      ? usageError(
          error,
          calledCommand(program, args),
          COMMANDS.map(({ name }) => name),
        )
      : asRondoError(error, 'RONDO_INTERNAL')
  output.warn(renderError(coded, { columns: process.stderr.columns ?? 100, style: output.style }))
  output.emit({ type: 'error', ...coded.toJSON() })
  return exitCodeOf(coded)
}

function calledCommand(program: Command, args: readonly string[]): Command {
  return program.commands.find((command) => args.includes(command.name())) ?? program
}
