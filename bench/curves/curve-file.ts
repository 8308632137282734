import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject, Objective, Params } from '@rondo/core'
import type { Curve } from './train-curve.ts'

/** What a file of curves is of: `curves-<name>.json`. */
export interface CurveDescription {
  readonly name: string
  readonly objective: Objective
  /** As `spaceFromJson` reads it. */
  readonly space: JsonObject
  readonly configurations: readonly Params[]
  readonly seeds: number
  readonly epochs: number
  /** That train, on the one fold: what an epoch's updates follow from. */
  readonly samples: number
}

/**
 * Curves of one series on disk: the description as JSON, and beside it `curves-<name>.f32`, little-endian float32
 * `[seeds, configurations, epochs, 2]`: the value after the epoch and the processor seconds that it took. A curve that
 * was not trained is all NaN; one that failed has values of NaN from there on, and no seconds after that epoch.
 */
export class CurveFile {
  readonly description: CurveDescription
  readonly #path: string
  readonly #data: Float32Array

  private constructor(path: string, description: CurveDescription, data: Float32Array) {
    this.#path = path
    this.description = description
    this.#data = data
  }

  /** @param path Without ending. */
  static read(path: string): CurveFile {
    const description = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as CurveDescription
    const bytes = readFileSync(`${path}.f32`)
    const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    if (data.length !== sizeOf(description)) throw new Error(`${path}.f32 does not fit its description.`)
    return new CurveFile(path, description, data)
  }

  /** Goes on with the file of a series, whose curves are kept where its configurations begin with the same ones. */
  static open(folder: string, description: CurveDescription): CurveFile {
    const path = `${folder}/curves-${description.name}`
    const file = new CurveFile(path, description, new Float32Array(sizeOf(description)).fill(Number.NaN))
    if (existsSync(`${path}.json`)) file.#takeFrom(CurveFile.read(path))
    mkdirSync(folder, { recursive: true })
    file.#write()
    return file
  }

  #takeFrom(former: CurveFile): void {
    const { description } = this
    const common = Math.min(description.configurations.length, former.description.configurations.length)
    const headOf = ({ configurations, seeds: _, ...rest }: CurveDescription): unknown => ({
      ...rest,
      configurations: configurations.slice(0, common),
    })
    // Compared as JSON gives them back.
    if (!isDeepStrictEqual(headOf(JSON.parse(JSON.stringify(description))), headOf(former.description))) {
      throw new Error(`${this.#path}.json holds curves of another space or objective; move it away.`)
    }
    for (let seed = 0; seed < Math.min(description.seeds, former.description.seeds); seed++) {
      for (let i = 0; i < common; i++) this.#record(i, seed).set(former.#record(i, seed))
    }
  }

  has(configuration: number, seed: number): boolean {
    return !Number.isNaN(this.#record(configuration, seed)[1]!)
  }

  curve(configuration: number, seed: number): Curve {
    const record = this.#record(configuration, seed)
    const { epochs } = this.description
    return {
      values: Float32Array.from({ length: epochs }, (_, e) => record[2 * e]!),
      seconds: Float32Array.from({ length: epochs }, (_, e) => record[2 * e + 1]!),
    }
  }

  /** Adds a curve, on disk too. */
  add(configuration: number, seed: number, { values, seconds }: Curve): void {
    const record = this.#record(configuration, seed)
    for (let e = 0; e < values.length; e++) {
      record[2 * e] = values[e]!
      record[2 * e + 1] = seconds[e]!
    }
    this.#write()
  }

  #record(configuration: number, seed: number): Float32Array {
    const { epochs, configurations } = this.description
    const length = 2 * epochs
    const first = (seed * configurations.length + configuration) * length
    return this.#data.subarray(first, first + length)
  }

  /** Aside first, so that whoever reads or is interrupted finds a whole file. */
  #write(): void {
    const { configurations, ...rest } = this.description
    const rows = configurations.map((params) => `    ${JSON.stringify(params)}`).join(',\n')
    const head = JSON.stringify(rest, null, 2).slice(0, -2)
    replace(`${this.#path}.f32`, new Uint8Array(this.#data.buffer))
    replace(`${this.#path}.json`, `${head},\n  "configurations": [\n${rows}\n  ]\n}\n`)
  }
}

const sizeOf = ({ configurations, seeds, epochs }: CurveDescription): number =>
  configurations.length * seeds * epochs * 2

function replace(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}
