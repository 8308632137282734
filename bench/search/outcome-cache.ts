import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** Outcomes by key; kept in a file where one is named, a line each, so that a benchmark goes on where it was stopped. */
export class OutcomeCache<T extends object> {
  readonly #known = new Map<string, T>()
  readonly #file: string | undefined

  /** @param stored A file of outcomes that is only read. */
  constructor(file: string | undefined, stored?: string) {
    this.#file = file
    if (stored !== undefined) this.#read(stored)
    // A last line that was cut off is ended, so that the next outcome has a line of its own.
    if (file !== undefined && existsSync(file) && this.#read(file) !== '') appendFileSync(file, '\n')
  }

  /** Takes the outcomes of a file; returns what comes after its last line break. */
  #read(file: string): string {
    const lines = readFileSync(file, 'utf8').split('\n')
    const rest = lines.pop()!
    // A line without its end was cut off: that outcome is measured again.
    for (const line of lines.filter((text) => text.endsWith('}'))) {
      const { key, ...outcome } = JSON.parse(line) as T & { readonly key: string }
      this.#known.set(key, outcome as unknown as T)
    }
    return rest
  }

  /** The outcome that is known. */
  known(key: string): T | undefined {
    return this.#known.get(key)
  }

  /** The outcome that is known, or that of `run`. */
  async get(key: string, run: () => Promise<T>): Promise<T> {
    const known = this.known(key)
    if (known !== undefined) return known
    const outcome = await run()
    this.#known.set(key, outcome)
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify({ key, ...outcome })}\n`)
    return outcome
  }
}
