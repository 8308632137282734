import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject, Objective, Params } from '@rondo/core'
import { sum } from '../search/statistics.ts'
import type { Curve } from './train-curve.ts'

/** What a file of curves is of. */
export interface CurveDescription {
  readonly name: string
  readonly objective: Objective
  /** As `spaceFromJson` reads it. */
  readonly space: JsonObject
  readonly configurations: readonly Params[]
  readonly epochs: number
  /** That train, on the one fold: what an epoch's updates follow from. */
  readonly samples: number
}

/** The JSON on disk: `curves-<name>.json`. */
interface StoredDescription extends CurveDescription {
  /** How often each configuration was trained. */
  readonly trainings: readonly number[]
}

/**
 * Curves of one series on disk: the description as JSON, and beside it `curves-<name>.f32`, little-endian float32
 * `[curves, epochs, 2]`: of each configuration in turn its trainings, of each epoch the value after it and the processor
 * seconds that it took. A curve that failed has values of NaN from there on, and no seconds after that epoch.
 */
export class CurveFile {
  readonly description: CurveDescription
  readonly #path: string
  /** `[configuration][training]`: value and seconds of each epoch in turn. */
  readonly #records: readonly Float32Array[][]

  private constructor(path: string, description: CurveDescription, records: readonly Float32Array[][]) {
    this.#path = path
    this.description = description
    this.#records = records
  }

  /** @param path Without ending. */
  static read(path: string): CurveFile {
    const { trainings, ...description } = JSON.parse(
      readFileSync(`${path}.json`, 'utf8'),
    ) as StoredDescription
    const bytes = readFileSync(`${path}.f32`)
    const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    const length = 2 * description.epochs
    if (trainings.length !== description.configurations.length || data.length !== sum(trainings) * length)
      throw new Error(`${path}.f32 does not fit its description.`)
    let read = 0
    const records = trainings.map((n) =>
      Array.from({ length: n }, () => data.subarray(length * read, length * ++read)),
    )
    return new CurveFile(path, description, records)
  }

  /**
   * Goes on with the file of a series, where its configurations begin with the same ones: of both the longer list counts,
   * so that nothing that was trained is lost.
   */
  static open(folder: string, asked: CurveDescription): CurveFile {
    const path = `${folder}/curves-${asked.name}`
    const former = existsSync(`${path}.json`) ? CurveFile.read(path) : undefined
    const more = former?.description.configurations.slice(asked.configurations.length) ?? []
    const description = { ...asked, configurations: [...asked.configurations, ...more] }
    const file = new CurveFile(
      path,
      description,
      description.configurations.map(() => []),
    )
    if (former !== undefined) file.#takeFrom(former)
    mkdirSync(folder, { recursive: true })
    file.#write()
    return file
  }

  #takeFrom(former: CurveFile): void {
    const { description } = this
    const before = former.description.configurations.length
    const headOf = ({ configurations, ...rest }: CurveDescription): unknown => ({
      ...rest,
      configurations: configurations.slice(0, before),
    })
    // Compared as JSON gives them back.
    if (!isDeepStrictEqual(headOf(JSON.parse(JSON.stringify(description))), headOf(former.description))) {
      throw new Error(`${this.#path}.json holds curves of another space or objective; move it away.`)
    }
    for (let i = 0; i < before; i++) this.#records[i]!.push(...former.#records[i]!)
  }

  /** The trainings of a configuration, in the order of their seeds. */
  trainings(configuration: number): Curve[] {
    const epochs = Array.from({ length: this.description.epochs }, (_, e) => e)
    return this.#records[configuration]!.map((record) => ({
      values: Float32Array.from(epochs, (e) => record[2 * e]!),
      seconds: Float32Array.from(epochs, (e) => record[2 * e + 1]!),
    }))
  }

  /** Adds a training of a configuration, on disk too. */
  add(configuration: number, { values, seconds }: Curve): void {
    this.#records[configuration]!.push(
      Float32Array.from({ length: 2 * values.length }, (_, k) => (k % 2 === 0 ? values : seconds)[k >> 1]!),
    )
    this.#write()
  }

  /** Aside first, so that whoever reads or is interrupted finds a whole file. */
  #write(): void {
    const { configurations, ...rest } = this.description
    const rows = configurations.map((params) => `    ${JSON.stringify(params)}`).join(',\n')
    const head = JSON.stringify(rest, null, 2).slice(0, -2)
    const trainings = JSON.stringify(this.#records.map(({ length }) => length))
    replace(`${this.#path}.f32`, Buffer.concat(this.#records.flat().map((record) => bytesOf(record))))
    replace(
      `${this.#path}.json`,
      `${head},\n  "trainings": ${trainings},\n  "configurations": [\n${rows}\n  ]\n}\n`,
    )
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

function replace(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}
