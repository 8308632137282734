import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineSpace, float, minimize, type Params } from '@rondo/core'
import type { StoredCurves } from './tasks.ts'

interface TaskDescription {
  readonly name: string
  readonly configs: { readonly shape: readonly [number, number]; readonly columns: readonly string[] }
  readonly validLoss: { readonly shape: readonly [number, number] }
}

/** Where the curves of TaskSet lie: `RONDO_HPO_DATA`, or beside the repository. */
export function dataFolder(): string {
  return env.RONDO_HPO_DATA ?? fileURLToPath(new URL('../../../shared/data/hpo', import.meta.url))
}

/** The curves of every `taskset-*.json` of a folder; an empty list where there are none. */
export function taskSetCurves(folder: string): StoredCurves[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^taskset-.*\.json$/.test(file))
    .sort()
    .map((file) => readCurves(`${folder}/${file.slice(0, -'.json'.length)}`))
}

function readCurves(path: string): StoredCurves {
  const description = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as TaskDescription
  const floats = (file: string): Float32Array => {
    const bytes = readFileSync(file)
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  }
  const values = floats(`${path}.configs.f32`)
  const losses = floats(`${path}.valid-loss.f32`)
  const [count, columns] = description.configs.shape
  const epochs = description.validLoss.shape[1] - 1
  const names = description.configs.columns
  const column = (c: number): number[] => Array.from({ length: count }, (_, i) => values[i * columns + c]!)
  return {
    name: description.name.replace('FixedTextRNNClassification_', '').replace('.json', ''),
    suite: 'TaskSet',
    space: defineSpace(Object.fromEntries(names.map((name, c) => [name, rangeOf(column(c))]))),
    objective: minimize('val_loss'),
    epochs,
    configurations: Array.from(
      { length: count },
      (_, i): Params => Object.fromEntries(names.map((name, c) => [name, values[i * columns + c]!])),
    ),
    // The first value of each is from before training.
    curves: Array.from({ length: count }, (_, i) => [
      losses.subarray(i * (epochs + 1) + 1, (i + 1) * (epochs + 1)),
    ]),
  }
}

/** The range of a column, on a log scale where it spans decades. */
function rangeOf(values: readonly number[]): ReturnType<typeof float> {
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  return low > 0 && high / low > 100 ? float(low, high, { log: true }) : float(low, high)
}
