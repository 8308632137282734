import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, RondoError, STORE, type Store, type StudyEvent, systemClock } from '@rondo/core'
import { onTestFinished } from 'vitest'
import { removeQuietly } from '../src/aside.ts'
import { sqliteStore } from '../src/index.ts'

/** A new folder, removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-store-'))
  onTestFinished(() => removeQuietly(folder))
  return folder
}

export const storeIn = (directory: string): Store =>
  compose([sqliteStore({ directory }), systemClock()], 'process').resolve(STORE)

export const note = (text: string): StudyEvent => ({ type: 'note', text })

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
