import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { RondoError } from '@rondo/core'

/**
 * Writes a text file, with the folders above it: a reader sees the old file or the new one, never a part.
 *
 * @throws RONDO_STORE_WRITE
 */
export function writeWhole(file: string, text: string): void {
  const aside = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(aside, text)
    renameSync(aside, file)
  } catch (error) {
    rmSync(aside, { force: true })
    throw new RondoError('RONDO_STORE_WRITE', {
      message: `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      value: file,
      place: { file },
      remedy: 'Free space, change the permissions, or name another file.',
      cause: error,
    })
  }
}
