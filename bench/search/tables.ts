import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { choice, defineSpace, deriveRng, maximize, minimize, type Params } from '@rondo/core'
import type { Problem } from './problem.ts'

interface TableDescription {
  readonly name: string
  readonly direction: 'minimize' | 'maximize'
  readonly parameters: readonly {
    readonly name: string
    readonly values: readonly (number | string)[]
    readonly type: string
  }[]
  readonly shape: readonly number[]
}

/** Where the measured tables lie: `RONDO_HPO_DATA`, or beside the repository. */
export function dataFolder(): string {
  return env.RONDO_HPO_DATA ?? fileURLToPath(new URL('../../../shared/data/hpo', import.meta.url))
}

/** All tables of the folder; an empty list where there are none. */
export function tabularProblems(): Problem[] {
  const folder = dataFolder()
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^hpo(bench|lib)-.*\.json$/.test(file))
    .sort()
    .map((file) => tabularProblem(`${folder}/${file.slice(0, -'.json'.length)}`))
}

function tabularProblem(path: string): Problem {
  const { name, direction, parameters, shape } = JSON.parse(
    readFileSync(`${path}.json`, 'utf8'),
  ) as TableDescription
  const bytes = readFileSync(`${path}.f32`)
  const table = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  const repetitions = shape.at(-1)!
  const space = defineSpace(Object.fromEntries(parameters.map((p) => [p.name, choice(p.values)])))
  const cellOf = (params: Params): number =>
    parameters.reduce(
      (cell, p) => cell * p.values.length + p.values.indexOf(params[p.name] as number | string),
      0,
    )
  // Errors of the regression tables span decades: their regret is that of the logarithm.
  const scaled =
    direction === 'maximize' ? (v: number) => -v : name.startsWith('HPOLib') ? Math.log : (v: number) => v
  const cells = table.length / repetitions
  const means = Float64Array.from({ length: cells }, (_, cell) => {
    const own = [...table.subarray(cell * repetitions, (cell + 1) * repetitions)].filter(
      (v) => !Number.isNaN(v),
    )
    return own.length === 0 ? Number.NaN : scaled(own.reduce((a, b) => a + b, 0) / own.length)
  })
  const known = means.filter((v) => !Number.isNaN(v)).sort()
  const best = known[0]!
  const median = known[Math.floor(known.length / 2)]!
  return {
    name,
    space,
    objective: direction === 'maximize' ? maximize('score') : minimize('loss'),
    measure: (params, seed, repeat) => {
      const cell = cellOf(params)
      const order = deriveRng({ seed, trial: cell, purpose: 'noise' }).permutation(repetitions)
      return table[cell * repetitions + order[repeat % repetitions]!]!
    },
    regret: (params) => {
      const mean = means[cellOf(params)]!
      return Number.isNaN(mean) ? 1 : (mean - best) / (median - best)
    },
  }
}
