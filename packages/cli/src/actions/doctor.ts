import type { CommandContext } from '../commands/command-module.ts'
import { CHECKS, type Finding } from '../doctor/checks.ts'
import { EXIT } from '../exit-codes.ts'
import { labelled } from '../terminal/wrap.ts'

const LABEL = 14

/** Looks at everything that Rondo needs of a machine, and tries it. Fails where something is missing. */
export async function doctor(studies: string, { output, exitWith }: CommandContext): Promise<void> {
  let failed = false
  for (const { name, look } of CHECKS) {
    const finding = await attempt(() => look(studies))
    output.emit({ type: 'check', name, ...finding })
    const mark = {
      ok: output.style('green', 'ok  '),
      note: output.style('yellow', 'note'),
      bad: output.style('red', 'bad '),
    }
    const text = labelled(`  ${name}`, finding.says, LABEL, output.columns - 4)
    output.say(mark[finding.state] + text)
    failed ||= finding.state === 'bad'
  }
  if (failed) exitWith(EXIT.error)
}

/** What can't be looked at is as bad as what is not there. */
async function attempt(look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // The system's own errors begin with their code.
    return { state: 'bad', says: message.startsWith(code) ? message : `${code} ${message}` }
  }
}
