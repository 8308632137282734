import { token } from '../composition/token.ts'

/** Files by their name relative to the artifact, `/` as separator. */
export type ArtifactFiles = { readonly [name: string]: Uint8Array }

/** A written artifact: its name in the study, the SHA-256 (hex) over its files' names and contents, and its size. */
export interface ArtifactRef {
  readonly name: string
  readonly sha256: string
  /** Of its files together, where the store tells. */
  readonly bytes?: number
}

/**
 * The files beside a study's log: checkpoints, models, `best/`. An artifact is a folder of files that appears whole or
 * not at all: it is written aside and renamed.
 */
export interface ArtifactStore {
  /** Writes or replaces `name` (`trials/12/checkpoint-5`, say). @throws RONDO_STORE_WRITE */
  write(name: string, files: ArtifactFiles): Promise<ArtifactRef>
  /** @throws RONDO_ARTIFACT_MISSING, RONDO_ARTIFACT_DAMAGED when the hash differs. */
  read(ref: ArtifactRef): Promise<ArtifactFiles>
  /** Makes `name` (`best`) show the files of `ref`, in one step: a reader sees the old ones or the new ones, whole. */
  publish(ref: ArtifactRef, name: string): Promise<void>
  /** Removes an artifact; not being there is no error. */
  remove(name: string): Promise<void>
  /** The names of all artifacts that were written; published names are not among them. */
  list(): Promise<readonly string[]>
}

export const ARTIFACTS = token<ArtifactStore>('artifacts')
