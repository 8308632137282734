import type { Readable } from 'node:stream'

const KEPT = 12

/** The last lines that a worker wrote, to be shown when it dies. */
export class LastLines {
  readonly #lines: string[] = []
  #rest = ''

  /** @param onLine Called with each line as it comes. */
  constructor(stream: Readable, onLine: (line: string) => void) {
    stream.setEncoding('utf8')
    stream.on('error', () => {})
    stream.on('data', (text: string) => {
      const lines = (this.#rest + text).split(/\r?\n/)
      this.#rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.trim() === '') continue
        this.#lines.push(line)
        if (this.#lines.length > KEPT) this.#lines.shift()
        onLine(line)
      }
    })
  }

  get text(): string {
    return [...this.#lines, ...(this.#rest.trim() === '' ? [] : [this.#rest])].join('\n')
  }
}
