import type {
  ArtifactFiles,
  ArtifactRef,
  JsonObject,
  Leg,
  LegMessage,
  LegResult,
  StudySpec,
} from '@rondo/core'

/** What a worker is told. */
export type ToWorker =
  | { readonly type: 'open'; readonly spec: StudySpec; readonly limits: WorkerLimits }
  | { readonly type: 'run'; readonly leg: Leg }
  | { readonly type: 'interrupt' }
  | { readonly type: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly call: number; readonly error: SentError }
  | { readonly type: 'close' }

/** What a worker says. */
export type FromWorker =
  /** The study has been rebuilt and is the same. */
  | { readonly type: 'ready' }
  | { readonly type: 'message'; readonly message: LegMessage }
  | { readonly type: 'done'; readonly result: LegResult }
  /** Of the opening or of the leg, whichever it was asked for last. */
  | { readonly type: 'failed'; readonly error: SentError }
  | { readonly type: 'call'; readonly call: number; readonly request: ArtifactRequest }

/** A call of the artifact store, which only the parent process writes to. */
export type ArtifactRequest =
  | { readonly method: 'write'; readonly name: string; readonly files: ArtifactFiles }
  | { readonly method: 'read'; readonly ref: ArtifactRef }
  | { readonly method: 'publish'; readonly ref: ArtifactRef; readonly name: string }
  | { readonly method: 'remove'; readonly name: string }
  | { readonly method: 'list' }

/** An error between processes. */
export interface SentError {
  /** As `RondoError.toJSON` gives it. */
  readonly error: JsonObject
  readonly stack?: string
}

/** What a worker is held to. */
export interface WorkerLimits {
  readonly heartbeatMs: number
  readonly stallMs: number
  readonly memoryMb?: number
}

/** The file descriptor on which a worker gives its signs of life; 0 to 2 are standard, 3 is for messages. */
export const HEARTBEAT_FD = 4

/** Memory grows fast: where it is limited it is looked at so often. */
const MEMORY_LOOK_MS = 500

/** Milliseconds between two signs of life, each of which tells the worker's memory as well. */
export function beatMs({ heartbeatMs, memoryMb }: WorkerLimits): number {
  return memoryMb === undefined ? heartbeatMs : Math.min(heartbeatMs, MEMORY_LOOK_MS)
}
