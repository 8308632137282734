import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { systemCode } from '../disk-errors.ts'

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** For people: the command line, shortened. */
  readonly command: string
  /** When it began, in a form that only equality is asked of; absent where the system does not say. */
  readonly started?: string
}

const LONGEST_COMMAND = 200

/** This process. */
export function thisProcess(): ProcessIdentity {
  const [program = 'node', script, ...rest] = process.argv
  const words = [basename(program), ...(script === undefined ? [] : [basename(script)]), ...rest]
  const started = startOf(process.pid)
  return {
    pid: process.pid,
    host: hostname(),
    command: words.join(' ').slice(0, LONGEST_COMMAND),
    ...(started === undefined ? {} : { started }),
  }
}

/** Whether a process still runs; one of another host is taken to. */
export function isAlive({ pid, host, started }: ProcessIdentity): boolean {
  if (host !== hostname()) return true
  if (!exists(pid)) return false
  // The number may have gone to another process since.
  return started === undefined || started === startOf(pid)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/** The boot and the clock tick at which a process began: the 22nd field of /proc/<pid>/stat (proc(5)). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name, in parentheses, and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${fields[19]}`
  } catch {
    return undefined
  }
}
