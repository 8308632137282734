import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** Outcomes by key; kept in a file where one is named, a line each, so that a benchmark goes on where it was stopped. */
export class OutcomeCache<T extends object> {
  readonly #known = new Map<string, T>()
  readonly #file: string | undefined

  /** @param stored A file of outcomes that is only read. */
  constructor(file: string | undefined, stored?: string) {
    this.#file = file
    if (stored !== undefined) this.#read(stored)
    if (file !== undefined && existsSync(file)) this.#read(file)
  }

  #read(file: string): void {
    // What comes after the last line break was cut off: that outcome is measured again.
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    for (const line of lines.filter((text) => text.endsWith('}'))) {
      const { key, ...outcome } = JSON.parse(line) as T & { readonly key: string }
      this.#known.set(key, outcome as unknown as T)
    }
  }

  /** The outcome that is known, or that of `run`. */
  async get(key: string, run: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const outcome = await run()
    this.#known.set(key, outcome)
    if (this.#file !== undefined) {
      const cutOff = existsSync(this.#file) && !/(^|\n)$/.test(readFileSync(this.#file, 'utf8'))
      appendFileSync(this.#file, `${cutOff ? '\n' : ''}${JSON.stringify({ key, ...outcome })}\n`)
    }
    return outcome
  }
}
