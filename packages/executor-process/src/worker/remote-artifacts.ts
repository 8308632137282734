import type { ArtifactFiles, ArtifactRef, ArtifactStore, RondoError } from '@rondo/core'
import type { ArtifactRequest, SentError } from '../messages.ts'
import { receiveError } from '../sent-error.ts'

interface Waiting {
  resolve(value: unknown): void
  reject(error: RondoError): void
}

/**
 * The parent's artifact store, as a worker sees it. The parent alone writes, so that a worker that is killed leaves
 * nothing half-written, and any store will do.
 */
export class RemoteArtifacts implements ArtifactStore {
  readonly #send: (call: number, request: ArtifactRequest) => void
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0

  constructor(send: (call: number, request: ArtifactRequest) => void) {
    this.#send = send
  }

  write(name: string, files: ArtifactFiles): Promise<ArtifactRef> {
    return this.#call({ method: 'write', name, files })
  }

  read(ref: ArtifactRef): Promise<ArtifactFiles> {
    return this.#call({ method: 'read', ref })
  }

  publish(ref: ArtifactRef, name: string): Promise<void> {
    return this.#call({ method: 'publish', ref, name })
  }

  remove(name: string): Promise<void> {
    return this.#call({ method: 'remove', name })
  }

  list(): Promise<readonly string[]> {
    return this.#call({ method: 'list' })
  }

  answer(call: number, value: unknown): void {
    this.#take(call)?.resolve(value)
  }

  refuse(call: number, error: SentError): void {
    this.#take(call)?.reject(receiveError(error))
  }

  #call<T>(request: ArtifactRequest): Promise<T> {
    const call = ++this.#calls
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(call, { resolve: resolve as (value: unknown) => void, reject })
      this.#send(call, request)
    })
  }

  #take(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call)
    this.#waiting.delete(call)
    return waiting
  }
}
