import type { Outcome } from './samplers.ts'
import { bootstrapInterval, mean, standardDeviation } from './statistics.ts'

/** What a sampler came to: for each problem the outcomes by seed. */
export interface SamplerResults {
  readonly name: string
  readonly byProblem: readonly (readonly Outcome[])[]
}

/**
 * Three tables: the mean regret of each sampler with its spread, the same by problem, and the differences from the
 * first sampler named `bayes…`, paired by problem and seed.
 */
export function resultTables(
  results: readonly SamplerResults[],
  problems: readonly string[],
  checkpoints: readonly number[],
): string {
  const lines = [
    '\nMean normalised regret with its 95 % bootstrap interval, and the standard deviation of a run',
    row('sampler', [...checkpoints.map((n) => `after ${n} trials`), 'ms a suggestion']),
    ...results.map(({ name, byProblem }) => {
      const all = byProblem.flat()
      const cells = checkpoints.map((_, i) =>
        withInterval(
          all.map((o) => o.regrets[i]!),
          true,
        ),
      )
      return row(name, [...cells, mean(all.map((o) => o.suggestMs)).toFixed(0)])
    }),
    `\nThe same by problem, after ${checkpoints.join(' / ')} trials`,
    row(
      '',
      results.map(({ name }) => name),
    ),
    ...problems.map((problem, p) =>
      row(
        problem.slice(0, 28),
        results.map(({ byProblem }) => means(byProblem[p]!, checkpoints)),
      ),
    ),
  ]
  const ours = results.find(({ name }) => name.startsWith('bayes') && name !== 'bayes_opt')
  if (ours === undefined) return lines.join('\n')
  lines.push(
    `\nRegret of ${ours.name} minus that of the other, paired by problem and seed, with 95 % bootstrap intervals`,
    row(
      '',
      checkpoints.map((n) => `after ${n} trials`),
    ),
  )
  const own = ours.byProblem.flat()
  for (const { name, byProblem } of results) {
    if (name === ours.name) continue
    const other = byProblem.flat()
    const cells = checkpoints.map((_, i) =>
      withInterval(own.map((o, j) => o.regrets[i]! - other[j]!.regrets[i]!)),
    )
    lines.push(row(name, cells))
  }
  return lines.join('\n')
}

function withInterval(values: readonly number[], spread = false): string {
  const [low, high] = bootstrapInterval(values)
  const interval = `${mean(values).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`
  return spread ? `${interval} ±${standardDeviation(values).toFixed(2)}` : interval
}

const means = (outcomes: readonly Outcome[], checkpoints: readonly number[]): string =>
  checkpoints.map((_, i) => mean(outcomes.map((o) => o.regrets[i]!)).toFixed(3)).join(' ')

const row = (head: string, cells: readonly string[]): string =>
  [head.padEnd(28), ...cells.map((cell) => cell.padStart(29))].join(' ').trimEnd()
