import type { Command } from 'commander'
import type { CommandContext } from './command-module.ts'

const EXAMPLES = `
Examples:
  $ source <(rondo completion bash)                 in ~/.bashrc
  $ source <(rondo completion zsh)                  in ~/.zshrc
  $ rondo completion fish > ~/.config/fish/completions/rondo.fish`

export function define(command: Command, context: CommandContext): void {
  command
    .addArgument(command.createArgument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completion } = await import('../actions/completion.ts')
      await completion(shell, context)
    })
}
