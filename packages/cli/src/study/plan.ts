import {
  type Dataset,
  type DatasetDescription,
  defaultName,
  type JsonObject,
  type ParamValue,
  type Space,
} from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { count, duration, number } from '../terminal/quantities.ts'
import { plain, valuesInWords, whenInWords } from '../terminal/space.ts'
import { type Cell, table } from '../terminal/table.ts'
import { labelled } from '../terminal/wrap.ts'
import { defaultOf } from './manual-params.ts'
import type { PreparedSession } from './prepare.ts'
import { unusualRanges } from './unusual-ranges.ts'

const LABEL = 11

/** What `--dry-run` prints: what would be done with which data, space, plugins and limits. */
export function printPlan({ prepared, folder, dataset }: PreparedSession, output: Output): void {
  const { name, spec, space, plugins } = prepared
  const description = dataset?.description
  output.emit({ type: 'plan', study: name, spec, space: space.definition, description, plugins })
  const row = (label: string, text: string): void => output.say(labelled(label, text, LABEL, output.columns))
  const taken = prepared.exists() ? ' (exists already: it can only be resumed)' : ''
  row('study', `${name}${taken}${folder === undefined ? '' : `, to be kept in ${folder}`}`)
  if (description !== undefined) {
    const { features, targets, task, seasons, classes, quantiles } = description
    row('task', `${task} ${targets.join(', ')}, ${rowMeant(description)}`)
    if (quantiles !== undefined) row('quantiles', quantiles.join(', '))
    if (classes !== undefined) row('classes', listed(classes))
    row('data', dataInWords(description))
    row('inputs', `${count(features.length, 'feature')}: ${features.join(', ')}`)
    for (const [i, reason] of reasons(dataset).entries()) row(i === 0 ? 'because' : '', reason)
    if (seasons.length > 0) row('seasons', `${seasons.join(', ')} rows`)
  }
  row(
    'ranked by',
    `${spec.objective.metric}, ${spec.objective.direction === 'minimize' ? 'the smaller' : 'the larger'} the better`,
  )
  const { epochs, folds } = spec.fullBudget
  row('a trial', `at most ${count(epochs, 'epoch')} on ${count(folds, 'fold')}`)
  row('limits', limits(spec.limits))
  row('seed', `${spec.seed}${spec.defaultTrial ? `; the first trial is the ${defaultName(spec)}` : ''}`)
  for (const [token, listed] of byToken(plugins)) row(token, listed)
  output.say('')
  output.say(`${configurations(space.size)}:`)
  output.say(spaceTable(space))
  const notes = dataset === undefined ? [] : unusualRanges(space)
  if (notes.length > 0) output.say('')
  for (const note of notes) row('note', note)
}

/** Of which row the target is. */
function rowMeant({ horizon, sequential, alone }: DatasetDescription): string {
  if (alone === true) return 'each row by itself'
  if (!sequential) return 'one for each sequence'
  return horizon === 0 ? 'of the last row seen' : `${count(horizon, 'step')} ahead`
}

const MOST_CLASSES = 24

function listed(classes: readonly string[]): string {
  const more = classes.length - MOST_CLASSES
  return more <= 0 ? classes.join(', ') : `${classes.slice(0, MOST_CLASSES).join(', ')} and ${more} more`
}

function dataInWords({ name, rows, testRows, sequential, alone }: DatasetDescription): string {
  const drawn = alone === true ? 'drawn once and for all' : 'those of whole sequences'
  const sealed = sequential
    ? `the last ${number(testRows)} are sealed`
    : `${number(testRows)}, ${drawn}, are sealed`
  return `${name}: ${count(rows, 'row')}, of which ${sealed} until \`rondo finish\``
}

/** What the data source found out without being asked, where it tells. */
function reasons(dataset: Dataset | undefined): readonly string[] {
  const told = dataset === undefined || !('reasons' in dataset) ? [] : dataset.reasons
  return Array.isArray(told) ? told.filter((reason) => typeof reason === 'string') : []
}

function limits({
  trials,
  timeMs,
  patience,
}: {
  readonly trials?: number
  readonly timeMs?: number
  readonly patience?: number
}): string {
  const parts: string[] = []
  if (trials !== undefined) parts.push(count(trials, 'trial'))
  if (timeMs !== undefined) parts.push(duration(timeMs))
  if (patience !== undefined) parts.push(`${count(patience, 'trial')} without a better value`)
  return parts.length === 0
    ? 'none: it goes on until it is interrupted'
    : `${parts.join(', or ')}${parts.length > 1 ? ', whatever comes first' : ''}`
}

/** Tokens that say what will happen; clock, log and the like say nothing to a person. */
const TOLD = ['model-builder', 'search-strategy', 'scheduler', 'splitter', 'callback', 'trainer', 'executor']

function byToken(plugins: readonly JsonObject[]): readonly (readonly [string, string])[] {
  return TOLD.flatMap((token) => {
    const listed = plugins
      .filter((plugin) => plugin.token === token)
      .map(({ name, options }) => {
        const set = Object.entries((options ?? {}) as JsonObject)
        return set.length === 0
          ? String(name)
          : `${name} (${set.map(([key, value]) => `${key} ${plain(value)}`).join(', ')})`
      })
    return listed.length === 0 ? [] : [[token.split('-')[0]!, listed.join(', ')] as const]
  })
}

function configurations(size: number): string {
  return Number.isFinite(size) ? `Space of ${count(size, 'configuration')}` : 'Space, continuous'
}

/** The hyperparameters with their values and defaults. */
function spaceTable(space: Space): string {
  const rows = Object.entries(space.definition).map(([name, parameter]): Cell[] => [
    name,
    valuesInWords(parameter),
    parameter.type === 'fixed' ? '' : valueInWords(defaultOf(space, name)),
    whenInWords(parameter),
  ])
  return table(['hyperparameter', 'values', 'default', ''], rows)
}

const valueInWords = (value: ParamValue): string =>
  typeof value === 'number' ? number(value) : String(value)
