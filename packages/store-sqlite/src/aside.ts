import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './lock/process-identity.ts'

/** What a folder that is being written is called until it is renamed to its place. */
const ASIDE = /^\.tmp-(\d+)-\d+$/

let count = 0

/** A name for something written aside: no other in this or another process of this machine has it. */
export const asideName = (): string => `.tmp-${process.pid}-${++count}`

/** Removes what dead processes left aside in `folder`. It is no error when that cannot be done. */
export function sweepAside(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = ASIDE.exec(name)?.[1]
    if (pid === undefined || isAlive({ pid: Number(pid), host: hostname(), command: '' })) continue
    removeQuietly(join(folder, name))
  }
}

/** Removes everything aside in `folder`, for one who knows that nobody else may write there. */
export function clearAside(folder: string): void {
  for (const name of namesIn(folder)) if (ASIDE.test(name)) removeQuietly(join(folder, name))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** What is left behind is swept the next time. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // Another process may be removing it too.
  }
}
