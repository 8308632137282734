import {
  defaultName,
  type Evaluation,
  isBetter,
  type JsonObject,
  type Objective,
  type ScoreDifference,
  type StudySpec,
} from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { count, number } from '../terminal/quantities.ts'
import { sayWrapped } from '../terminal/say-wrapped.ts'
import { table, tablesWithin } from '../terminal/table.ts'
import { wrap } from '../terminal/wrap.ts'

interface Verdict {
  readonly study: string
  readonly evaluation: Evaluation
  readonly spec: Pick<StudySpec, 'objective' | 'defaultsOf'>
  /** How often the test rows have been opened, this time included. */
  readonly seen: number
}

interface Contender {
  readonly name: string
  readonly metrics: { readonly [name: string]: number }
  /** Of the objective's metric: the winner's less this one's. */
  readonly difference?: ScoreDifference
}

/** Test scores of the winner beside the untuned default and the baselines; the first line says whether it was worth it. */
export function printVerdict({ study, evaluation, spec, seen }: Verdict, output: Output): void {
  const tell = (text: string): void => sayWrapped(text, output)
  const { objective } = spec
  const metric = objective.metric.replace(/^val_/, '')
  const winner: Contender = { name: `winner: trial ${evaluation.trial}`, metrics: evaluation.metrics }
  const others = contenders(evaluation.summary ?? {}, defaultName(spec))
  const test: Objective = { metric, direction: objective.direction }
  const { trial, metrics, summary = {} } = evaluation
  output.emit({ type: 'evaluation', study, trial, metrics, ...summary, seen })
  for (const line of wrap(firstLine(winner, others, test), output.columns))
    output.say(output.style('bold', line))
  output.say('')
  output.say(metricTable([winner, ...others], test, output.columns))
  const differences = differenceTable(others, test)
  if (differences !== undefined) {
    output.say('')
    output.say(differences)
  }
  const spread = refits(summary, metric)
  if (spread.length > 1) {
    const [low, high] = [Math.min(...spread), Math.max(...spread)].map((end) => number(end))
    output.say('')
    tell(
      `The winner was trained ${spread.length} times on all rows before the test rows: test ${metric} ${low} to ${high}; the first is in best/.`,
    )
  }
  if (seen > 1) {
    output.say('')
    tell(
      `The test rows have now been seen ${count(seen, 'time')}: the more often, the less their scores mean.`,
    )
  }
}

/** The metric of each model of the winner that was trained on all development rows. */
function refits(summary: JsonObject, metric: string): readonly number[] {
  const { refits: all = [] } = summary as { readonly refits?: readonly Contender['metrics'][] }
  return all.map((metrics) => metrics[metric] ?? Number.NaN).filter(Number.isFinite)
}

function contenders(summary: JsonObject, nameOfDefault: string): readonly Contender[] {
  const {
    default: untuned,
    incumbent,
    baselines = [],
  } = summary as {
    readonly default?: Omit<Contender, 'name'> & { readonly trial: number }
    readonly incumbent?: Omit<Contender, 'name'>
    readonly baselines?: readonly Contender[]
  }
  return [
    ...(incumbent === undefined ? [] : [{ name: 'model in use', ...incumbent }]),
    ...(untuned === undefined ? [] : [{ ...untuned, name: `${nameOfDefault}: trial ${untuned.trial}` }]),
    ...baselines,
  ]
}

function firstLine(winner: Contender, others: readonly Contender[], objective: Objective): string {
  const { metric } = objective
  const own = winner.metrics[metric]
  if (own === undefined || !Number.isFinite(own)) return `The model has no ${metric} on the test rows.`
  const rivals = others.filter(({ metrics }) => Number.isFinite(metrics[metric]))
  const ranked = [...rivals].sort((a, b) =>
    isBetter(objective, a.metrics[metric]!, b.metrics[metric]!) ? -1 : 1,
  )
  const [next] = ranked
  if (next === undefined) return `The tuned model has a test ${metric} of ${number(own)}.`
  if (isBetter(objective, next.metrics[metric]!, own)) {
    return `The tuned model does not win: ${next.name} has a test ${metric} of ${number(next.metrics[metric])}, the model ${number(own)}.`
  }
  if (next.metrics[metric] === own) {
    return `The tuned model is as good as ${next.name}: both have a test ${metric} of ${number(own)}.`
  }
  const beside = `the next best is ${next.name} with ${number(next.metrics[metric])}`
  // A weaker one that errs on other days may be the harder to tell from.
  const doubt = ranked.some(isUncertain) ? ', by less than is certain' : ''
  return `The tuned model wins${doubt}: it has a test ${metric} of ${number(own)}; ${beside}.`
}

const isUncertain = ({ difference }: Contender): boolean =>
  difference !== undefined && difference.low <= 0 && difference.high >= 0

/** How much better or worse the winner is than each of the others, and how sure that is. */
function differenceTable(others: readonly Contender[], objective: Objective): string | undefined {
  const { metric, direction } = objective
  const known = others.flatMap(({ name, difference }) => (difference ? [{ name, ...difference }] : []))
  const [first] = known
  if (first === undefined) return undefined
  const better = direction === 'minimize' ? -1 : 1
  const ordered = [...known].sort((a, b) => better * (a.value - b.value))
  const share = `${number(100 * first.coverage)} %`
  return table(
    [`the winner's ${metric} less that of`, { right: 'difference' }, { right: `${share} interval` }, ''],
    ordered.map(({ name, value, low, high }) => [
      name,
      { right: number(value) },
      { right: `${number(low)} to ${number(high)}` },
      value === 0 && low === 0 && high === 0
        ? 'the same'
        : low <= 0 && high >= 0
          ? 'not certain'
          : better * value > 0
            ? 'better'
            : 'worse',
    ]),
  )
}

/**
 * Rows by the objective's metric; columns for every metric that the winner has, the objective's first, in as many tables
 * as it takes.
 */
function metricTable(rows: readonly Contender[], objective: Objective, width: number): string {
  const { metric } = objective
  const columns = [...new Set([metric, ...Object.keys(rows[0]!.metrics)])]
  const sorted = [...rows].sort((a, b) => {
    const [x, y] = [a.metrics[metric] ?? Number.NaN, b.metrics[metric] ?? Number.NaN]
    return isBetter(objective, x, y) ? -1 : isBetter(objective, y, x) ? 1 : 0
  })
  return tablesWithin(
    ['', ...columns],
    sorted.map(({ name, metrics }) => [name, ...columns.map((column) => number(metrics[column]))]),
    width,
  )
}
