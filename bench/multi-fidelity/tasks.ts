import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineSpace, float, type Params, type Space } from '@rondo/core'

/** Learning curves of many configurations of one network. */
export interface Task {
  readonly name: string
  readonly space: Space
  /** Epochs of a full training. */
  readonly epochs: number
  readonly configurations: readonly Params[]
  /** Validation loss of a configuration after epoch 1 … epochs; NaN where it diverged. */
  curve(configuration: number): Float32Array
  /** Of a loss: 0 is the best that any configuration reaches, 1 what the median one does. */
  regret(loss: number): number
  /** The configuration nearest to params among those for which `free` holds. */
  nearest(params: Params, free: (configuration: number) => boolean): number
}

interface TaskDescription {
  readonly name: string
  readonly configs: { readonly shape: readonly [number, number]; readonly columns: readonly string[] }
  readonly validLoss: { readonly shape: readonly [number, number] }
}

/** Where the curves lie: `RONDO_HPO_DATA`, or beside the repository. */
export function dataFolder(): string {
  return env.RONDO_HPO_DATA ?? fileURLToPath(new URL('../../../shared/data/hpo', import.meta.url))
}

/** All tasks of the folder; an empty list where there are none. */
export function tasksOf(folder: string): Task[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^taskset-.*\.json$/.test(file))
    .sort()
    .map((file) => taskOf(`${folder}/${file.slice(0, -'.json'.length)}`))
}

function taskOf(path: string): Task {
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
  const space = defineSpace(Object.fromEntries(names.map((name, c) => [name, rangeOf(column(c))])))
  const configurations = Array.from(
    { length: count },
    (_, i): Params => Object.fromEntries(names.map((name, c) => [name, values[i * columns + c]!])),
  )
  const unit = names.map((name, c) => unitOf(space, name, column(c)))
  const curve = (i: number): Float32Array => losses.subarray(i * (epochs + 1) + 1, (i + 1) * (epochs + 1))
  const reached = configurations.map((_, i) =>
    curve(i).reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY),
  )
  const ascending = reached.toSorted((a, b) => a - b)
  const best = ascending[0]!
  const median = ascending[Math.floor(count / 2)]!
  return {
    name: description.name.replace('FixedTextRNNClassification_', '').replace('.json', ''),
    space,
    epochs,
    configurations,
    curve,
    regret: (loss) => (loss - best) / (median - best),
    nearest: (params, free) => {
      const at = names.map((name, c) => unit[c]!.of(params[name] as number))
      let nearest = -1
      let least = Number.POSITIVE_INFINITY
      for (let i = 0; i < count; i++) {
        if (!free(i)) continue
        const distance = at.reduce((sum, v, c) => sum + (v - unit[c]!.values[i]!) ** 2, 0)
        if (distance < least) [nearest, least] = [i, distance]
      }
      return nearest
    },
  }
}

/** The range of a column, on a log scale where it spans decades. */
function rangeOf(values: readonly number[]): ReturnType<typeof float> {
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  return low > 0 && high / low > 100 ? float(low, high, { log: true }) : float(low, high)
}

function unitOf(
  space: Space,
  name: string,
  values: readonly number[],
): { of: (v: number) => number; values: number[] } {
  const range = space.get(name)
  if (range.type !== 'float') throw new Error(`${name} is no float.`)
  const { low, high, log } = range
  const of = (v: number): number =>
    log === true ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)
  return { of, values: values.map(of) }
}
