import { type Importance, importance, observationsOf } from '@rondo/analysis'
import { type StudyReading, unvariedInWords } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { count, number } from '../terminal/quantities.ts'
import { sayWrapped } from '../terminal/say-wrapped.ts'
import { sparkline } from '../terminal/sparkline.ts'
import { type Cell, textTable } from '../terminal/table.ts'

/** Below this share of explained variance the forest knows too little of the space to say what matters. */
const WORTH_BELIEVING = 0.3
/** Interactions that are told: more than these nobody can keep in mind. */
const TOLD_INTERACTIONS = 3
/** Characters of the longest bar and of a curve, on a terminal of so many columns or more; and on a narrower one. */
const WIDE = 100
const WIDE_SIZES = { bar: 20, curve: 24 }
const NARROW_SIZES = { bar: 10, curve: 12 }

/**
 * Which hyperparameters the trials say matter, with the mean prediction along each one's values.
 *
 * @throws RONDO_STUDY_NO_RESULT where there are too few trials to say anything.
 */
export function showImportance({ name, state }: StudyReading, output: Output): void {
  const { space, spec } = state
  const { objective, seed } = spec
  const observations = observationsOf(state)
  const found = importance(space, observations, { seed, objective })
  output.emit({ type: 'importance', study: name, objective, ...found })
  const say = (text: string): void => sayWrapped(text, output)
  output.say(`${output.style('bold', name)}: what matters for ${objective.metric}`)
  say(
    `From ${count(observations.length, 'trial')}; a forest of them explains ${percent(found.explained)} of trials that it has not seen.`,
  )
  if (found.explained < WORTH_BELIEVING) say('That is too little to believe the shares; run more trials.')
  if (found.hyperparameters.length > 0) {
    output.say('')
    output.say(importanceTable(found, objective.metric, output.columns))
  }
  if (found.unvaried.length > 0) {
    output.say('')
    say(unvariedInWords(found.unvaried, number))
  }
  const together = found.interactions.filter(({ share }) => share >= 0.01).slice(0, TOLD_INTERACTIONS)
  if (together.length === 0) return
  output.say('')
  say(
    `Together: ${together.map(({ names, share }) => `${names.join(' with ')} ${percent(share)}`).join(', ')}.`,
  )
}

function importanceTable({ hyperparameters }: Importance, metric: string, columns: number): string {
  const { bar, curve } = columns < WIDE ? NARROW_SIZES : WIDE_SIZES
  const most = Math.max(...hyperparameters.map(({ share }) => share))
  const rows = hyperparameters.map(({ name, share, deviation, slice, ordered }): Cell[] => {
    const means = slice.map(({ mean }) => mean)
    const ends = [slice[0], slice.at(-1)].map((point) => shown(point?.value))
    return [
      name,
      { right: percent(share) },
      { right: `± ${percent(deviation)}` },
      '█'.repeat(most > 0 ? Math.round((share / most) * bar) : 0),
      ordered ? `${ends[0]} ${sparkline(means, curve)} ${ends[1]}` : byName(slice),
    ]
  })
  const head = ['hyperparameter', { right: 'share' }, '', '', `mean ${metric} along its values`]
  return textTable(head, rows, columns)
}

/** Values without an order, each with the mean at it. */
const byName = (slice: Importance['hyperparameters'][number]['slice']): string =>
  slice.map(({ value, mean }) => `${shown(value)} ${number(mean)}`).join(', ')

const shown = (value: unknown): string => (typeof value === 'number' ? number(value) : String(value))

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
