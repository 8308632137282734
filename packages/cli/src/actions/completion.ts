import { Command } from 'commander'
import type { CommandContext } from '../commands/command-module.ts'
import { bashScript, fishScript, zshScript } from '../completion/scripts.ts'
import type { Word } from '../completion/words.ts'
import { wordsOf } from '../completion/words.ts'

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript }

/** Prints a script that completes commands, options and their values, made from the commands themselves. */
export async function completion(shell: keyof typeof SCRIPTS, context: CommandContext): Promise<void> {
  const words: Word[] = []
  for (const { name, summary, load } of context.commands) {
    const command = new Command(name)
    const module = await load()
    module.define(command, context)
    words.push(wordsOf(command, summary))
  }
  process.stdout.write(SCRIPTS[shell](words))
}
