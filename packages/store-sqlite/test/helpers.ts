import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RondoError } from '@rondo/core'
import { onTestFinished } from 'vitest'
import { removeQuietly } from '../src/aside.ts'

/** A new folder, removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-store-'))
  onTestFinished(() => removeQuietly(folder))
  return folder
}

export { note, openStore } from './fixtures/open-store.ts'

/** A process of `fixtures/holder.ts`, killed after the test at the latest. */
export async function startHolder(directory: string, study: string, what: string): Promise<Holder> {
  const file = fileURLToPath(new URL('./fixtures/holder.ts', import.meta.url))
  const child = fork(file, [directory, study, what], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exited = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('the holder ended'))),
  ])
  return { child, pid: child.pid!, kill }
}

/** A process that works on a study. */
export interface Holder {
  readonly child: ChildProcess
  readonly pid: number
  /** As a crash would end it. */
  kill(): Promise<void>
}

/** The coded error that `work` throws or is rejected with. */
export async function failure(work: () => unknown): Promise<RondoError> {
  let value: unknown
  try {
    value = await work()
  } catch (error) {
    if (error instanceof RondoError) return error
    throw error
  }
  throw new Error(`It did not fail; it gave ${JSON.stringify(value)}.`)
}
