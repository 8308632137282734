import { createHash } from 'node:crypto'
import type { ArtifactFiles } from '@rondo/core'

/** SHA-256 (hex) over names, lengths and contents, in the order of names: the hash of every artifact store. */
export function hashFiles(files: ArtifactFiles): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name]!
    hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
