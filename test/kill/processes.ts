import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every process that can be looked at, from /proc. */
function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        // One that has ended and waits for its parent to notice is no process any more.
        if (state === 'Z') return []
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return []
      }
    })
}

/** The processes that `pid` started and that are still there. */
export const childrenOf = (pid: number): readonly number[] =>
  processes()
    .filter(({ parent }) => parent === pid)
    .map((process) => process.pid)

/** Those of `pids` that are still there. */
export function stillThere(pids: Iterable<number>): readonly number[] {
  const there = new Set(processes().map(({ pid }) => pid))
  return [...pids].filter((pid) => there.has(pid))
}
