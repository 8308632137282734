import type { Readable } from 'node:stream'

/** The last sign of life of a worker. */
export interface Heartbeat {
  /** When it came, in milliseconds of the monotonic clock. */
  readonly at: number
  /** When the worker's main thread was last seen to get somewhere. */
  readonly progressAt: number
  /** Memory of the whole process. */
  readonly rssBytes: number
}

/** Reads a worker's signs of life. */
export class HeartbeatReader {
  readonly #now: () => number
  #last: Heartbeat
  #hasBegun = false
  #progress = ''
  #rest = ''

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(stream: Readable, now: () => number) {
    this.#now = now
    this.#last = { at: now(), progressAt: now(), rssBytes: 0 }
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => this.#take(text))
    // The worker's end is the exit of its process; a broken stream says nothing more.
    stream.on('error', () => {})
  }

  get last(): Heartbeat {
    return this.#last
  }

  /** Whether the worker has got so far as to give signs of life. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Counts as a sign of life: a message came, or a leg begins. */
  touch(): void {
    const at = this.#now()
    this.#last = { ...this.#last, at, progressAt: at }
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    const line = lines.at(-1)
    if (line === undefined) return
    const [progress = '', rss = '0'] = line.split(' ')
    this.#hasBegun = true
    const at = this.#now()
    const moved = progress !== this.#progress
    this.#progress = progress
    this.#last = { at, progressAt: moved ? at : this.#last.progressAt, rssBytes: Number(rss) }
  }
}
