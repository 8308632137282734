import type { ArtifactFiles, ArtifactRef, ArtifactStore } from '../contracts/artifacts.ts'
import { RondoError } from '../errors/rondo-error.ts'

/** Artifacts in memory; gone with the process. Hashes are SHA-256 as every artifact's. */
export class MemoryArtifacts implements ArtifactStore {
  readonly #artifacts = new Map<string, { readonly files: ArtifactFiles; readonly sha256: string }>()
  readonly #published = new Set<string>()

  async write(name: string, files: ArtifactFiles): Promise<ArtifactRef> {
    const kept = Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, bytes.slice()]))
    const sha256 = await hashFiles(kept)
    this.#artifacts.set(name, { files: kept, sha256 })
    const bytes = Object.values(kept).reduce((sum, file) => sum + file.length, 0)
    return { name, sha256, bytes }
  }

  async read(ref: ArtifactRef): Promise<ArtifactFiles> {
    const found = this.#artifacts.get(ref.name)
    if (found === undefined) {
      throw new RondoError('RONDO_ARTIFACT_MISSING', {
        message: `There is no artifact “${ref.name}”.`,
        value: ref.name,
      })
    }
    if (found.sha256 !== ref.sha256) {
      throw new RondoError('RONDO_ARTIFACT_DAMAGED', {
        message: `The artifact “${ref.name}” is not the one that the log refers to.`,
        value: ref.name,
      })
    }
    return found.files
  }

  async publish(ref: ArtifactRef, name: string): Promise<void> {
    const files = await this.read(ref)
    this.#artifacts.set(name, { files, sha256: ref.sha256 })
    this.#published.add(name)
  }

  async remove(name: string): Promise<void> {
    this.#artifacts.delete(name)
    this.#published.delete(name)
  }

  async list(): Promise<readonly string[]> {
    return [...this.#artifacts.keys()].filter((name) => !this.#published.has(name)).sort()
  }
}

async function hashFiles(files: ArtifactFiles): Promise<string> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name]!
    parts.push(encoder.encode(`${name}\0${bytes.length}\0`), bytes)
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  const digest = await crypto.subtle.digest('SHA-256', whole)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
