import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeError } from '@rondo/store-sqlite'

/**
 * Writes a text file into a folder that is there: a reader sees the old file or the new one, never a part.
 *
 * @throws RONDO_STORE_WRITE
 */
export function writeWhole(file: string, text: string): void {
  const aside = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(aside, text)
    renameSync(aside, file)
  } catch (error) {
    removeQuietly(aside)
    throw writeError(error, { file })
  }
}

/** Where nothing can be written, nothing can be removed either, and that is not what went wrong. */
export function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // What is left of it does no harm.
  }
}
