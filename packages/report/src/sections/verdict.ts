import { defaultName, gainInWords, isBetter, type Objective } from '@rondo/core'
import type { ReportBaseline, ReportData } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { count, number, percent, probability } from '../words/numbers.ts'
import { bareMetric, byValue } from '../words/objective.ts'

/** Whether the tuning was worth it: the first thing to read. */
export function verdictSection(data: ReportData): Html {
  const standing = standingOf(data)
  const { tone, headline } = judge(data, standing)
  return html`<section class="verdict ${tone}">
<h2>${headline}</h2>
<ul>${reasons(data, standing).map((reason) => html`<li>${reason}</li>`)}</ul>
</section>
${standing.rivals.length > 0 && scoresTable(data, standing)}`
}

/** The winner beside what it is measured against, on test rows where they were opened, else on validation rows. */
interface Standing {
  /** Absent where a function was tuned. */
  readonly rows?: 'test' | 'validation'
  readonly metric: string
  readonly winner?: { readonly trial: number; readonly value: number }
  readonly rivals: readonly ReportBaseline[]
}

function standingOf(data: ReportData): Standing {
  const { objective, best, trials } = data
  const evaluation = data.evaluations.at(-1)
  const untunedName = (trial: number): string => `${defaultName(data)} (trial ${trial})`
  if (evaluation !== undefined) {
    const { trial, value, untuned, incumbent, baselines } = evaluation
    const models = [
      ...(incumbent === undefined ? [] : [{ name: 'model in use', ...incumbent }]),
      ...(untuned === undefined ? [] : [{ ...untuned, name: untunedName(untuned.trial) }]),
    ]
    return {
      rows: 'test',
      metric: bareMetric(objective),
      winner: { trial, value },
      rivals: [...models, ...baselines],
    }
  }
  const winner = best === undefined ? undefined : trials[best]
  const untuned = trials.find(({ origin, number }) => origin === 'default' && number !== best)
  const byDefault =
    untuned?.value === undefined ? [] : [{ name: untunedName(untuned.number), value: untuned.value }]
  return {
    ...(data.hasData && { rows: 'validation' }),
    metric: objective.metric,
    ...(winner?.value === undefined ? {} : { winner: { trial: winner.number, value: winner.value } }),
    rivals: [...byDefault, ...(data.validationBaselines ?? [])],
  }
}

function judge(
  data: ReportData,
  { rows, metric, winner, rivals }: Standing,
): { readonly tone: 'good' | 'bad' | ''; readonly headline: string } {
  const { objective, hasData } = data
  const [subject, onRows] = hasData ? ['tuned model', ` on the ${rows} rows`] : ['best trial', '']
  if (winner === undefined) return { tone: '', headline: 'No trial has a result yet.' }
  const own = `${metric} ${number(winner.value)}`
  const ranked = rivals.filter(({ value }) => Number.isFinite(value)).sort(byValue(objective))
  const [strongest] = ranked
  if (strongest === undefined) {
    return { tone: '', headline: `The best trial has ${own}; there is nothing to compare it with.` }
  }
  const other = `${strongest.name}, ${number(strongest.value)}`
  if (winner.value === strongest.value) {
    return {
      tone: '',
      headline: `The ${subject} is as good as ${strongest.name}${onRows}: both have ${own}.`,
    }
  }
  if (isBetter(objective, strongest.value, winner.value)) {
    return {
      tone: 'bad',
      headline: `The ${subject} does not win${onRows}: ${own} against ${other}.`,
    }
  }
  const margin = gainOver(objective, winner.value, strongest.value)
  // A weaker one that errs on other days may be the harder to tell from.
  const doubtful =
    ranked.find(straddlesZero) ??
    (rows !== 'test' && !survivesCorrection(data, strongest) ? strongest : undefined)
  return doubtful !== undefined
    ? {
        tone: '',
        headline: `The ${subject} leads${onRows}, by less than is certain: ${own} against ${doubtful.name}, ${number(doubtful.value)}.`,
      }
    : {
        tone: 'good',
        headline: `The ${subject} wins${onRows}: ${own}, ${margin} better than ${other}.`,
      }
}

const straddlesZero = ({ difference }: ReportBaseline): boolean =>
  difference !== undefined && difference.low <= 0 && difference.high >= 0

/** Whether the score is better than another even at the worse end of the corrected one's interval. */
function survivesCorrection({ corrected, objective }: ReportData, { value }: ReportBaseline): boolean {
  if (corrected === undefined) return true
  const [low, high] = corrected.interval ?? [corrected.corrected, corrected.corrected]
  return isBetter(objective, objective.direction === 'minimize' ? high : low, value)
}

function gainOver({ direction }: Objective, value: number, other: number): string {
  const gain = direction === 'minimize' ? other - value : value - other
  return other === 0 ? number(gain) : percent(gain / Math.abs(other))
}

function reasons(data: ReportData, standing: Standing): readonly (string | Html)[] {
  const { rows } = standing
  const { corrected, evaluations, study, objective } = data
  const said: (string | Html)[] = []
  const byFold = valuesByFold(data)
  if (byFold.length > 1) {
    said.push(`Over ${count(byFold.length, 'fold')} its ${objective.metric} is ${ends(byFold)}.`)
  }
  if (corrected !== undefined) {
    const { observed, candidates, interval, untuned, gain } = corrected
    const within = interval && ` (90 %: ${number(interval[0])} to ${number(interval[1])})`
    said.push(
      corrected.noise === undefined
        ? `Nothing tells how noisy values are, so ${objective.metric} ${number(observed)} is not corrected for being the best of ${count(candidates, 'configuration')}.`
        : `${data.hasData ? 'Validation ' : ''}${objective.metric} ${number(observed)} is the best of ${count(candidates, 'configuration')} that trained as far; without the luck of the best, expect ${number(corrected.corrected)}${within ?? ''}${data.hasData ? ' on such rows' : ''}.${cameTo(corrected, objective, standing)}`,
    )
    if (untuned?.probability !== undefined) {
      said.push(
        `${data.hasData ? 'On validation rows it' : 'It'} is better than the ${defaultName(data)} with a probability of ${probability(untuned.probability)}${besideDefault(data)}.`,
      )
    } else if (untuned?.trial === corrected.trial) {
      said.push(`The best trial is the ${defaultName(data)} itself.`)
    }
    if (gain !== undefined) said.push(gainInWords(gain, observed, { number, percent }))
  }
  if (rows === undefined) return said
  if (rows === 'validation') {
    said.push(html`The test rows are still sealed: <code>rondo finish ${study}</code> opens them, once.`)
  } else if (evaluations.length > 1) {
    said.push(
      `The test rows were opened ${evaluations.length} times: the more often, the less their scores mean.`,
    )
  } else {
    const rowsSeen = evaluations[0]?.testRows
    said.push(`The test rows${rowsSeen === undefined ? '' : ` (${number(rowsSeen)})`} were opened once.`)
  }
  const refits = evaluations.at(-1)?.refits?.filter(Number.isFinite) ?? []
  if (refits.length > 1) {
    said.push(
      `Trained ${refits.length} times on all rows before them, each time with other random numbers, it scores ${ends(refits)}.`,
    )
  }
  return said
}

/** What came of the expectation, once test rows were scored. */
function cameTo(
  { interval }: NonNullable<ReportData['corrected']>,
  objective: Objective,
  { rows, winner, metric }: Standing,
): string {
  if (rows !== 'test' || winner === undefined || !Number.isFinite(winner.value)) return ''
  const it = ` The test rows gave ${metric} ${number(winner.value)}`
  if (interval === undefined) return `${it}.`
  const [low, high] = interval
  if (low <= winner.value && winner.value <= high) return `${it}, as expected.`
  const isGood = winner.value < low === (objective.direction === 'minimize')
  return isGood
    ? `${it}, better than expected.`
    : `${it}, worse than expected: what is true of the validation rows is not all true of these.`
}

/** Whether the test rows say of winner and untuned default what the validation rows do. */
function besideDefault({ evaluations, objective }: ReportData): string {
  const evaluation = evaluations.at(-1)
  const untuned = evaluation?.untuned?.value
  if (evaluation === undefined || untuned === undefined || !Number.isFinite(untuned - evaluation.value))
    return ''
  if (isBetter(objective, evaluation.value, untuned)) return '; on the test rows it is better, too'
  return `; on the test rows it is ${evaluation.value === untuned ? 'as good' : 'worse'}`
}

/** What the best trial has on each fold at the epoch that is its best. */
function valuesByFold({ best, trials }: ReportData): readonly number[] {
  const { curve = [], bestEpoch } = (best === undefined ? undefined : trials[best]) ?? {}
  return curve.filter(({ epoch }) => epoch === bestEpoch).map(({ value }) => value)
}

const ends = (values: readonly number[]): string =>
  `${number(Math.min(...values))} to ${number(Math.max(...values))}`

function scoresTable({ objective, hasData }: ReportData, { rows, metric, winner, rivals }: Standing): Html {
  if (winner === undefined) return html``
  const own = {
    name: `${hasData ? 'tuned model' : 'best'} (trial ${winner.trial})`,
    value: winner.value,
    isWinner: true,
  }
  const lines: readonly (ReportBaseline & { readonly isWinner?: boolean })[] = [own, ...rivals].sort(
    byValue(objective),
  )
  const finite = lines.map(({ value }) => Math.abs(value)).filter(Number.isFinite)
  const longest = Math.max(...finite) || 1
  const coverage = rivals.find(({ difference }) => difference !== undefined)?.difference?.coverage
  return html`${table(
    rows === undefined ? 'Values' : `Scores on the ${rows} rows`,
    [
      heading(rows === undefined ? '' : `on the ${rows} rows`),
      heading(metric, 'number'),
      heading('', 'bar'),
      heading('against it', 'number optional'),
      coverage !== undefined && heading(`difference, ${percent(coverage)}`, 'number optional'),
    ],
    lines.map(
      ({ name, value, isWinner, difference }) => html`<tr${isWinner && html` class="best"`}>
<td class="name">${name}</td><td class="number">${number(value)}</td>
<td class="bar"><div class="track"><div class="fill${isWinner && ' accent'}" style="width:${((100 * Math.abs(value)) / longest || 0).toFixed(1)}%"></div></div></td>
<td class="number optional">${isWinner ? '' : against(winner.value, value)}</td>${
        coverage !== undefined &&
        html`<td class="number optional">${difference === undefined ? '' : `${number(difference.low)} … ${number(difference.high)}`}</td>`
      }</tr>`,
    ),
  )}`
}

/** The winner's value less another's, as a share of the other. */
function against(own: number, other: number): string {
  if (!Number.isFinite(other) || other === 0) return ''
  const share = (own - other) / Math.abs(other)
  return `${share > 0 ? '+' : ''}${percent(share)}`
}
