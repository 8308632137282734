import type { ReportData, ReportTrial } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { count, number } from '../words/numbers.ts'
import { paramsInWords } from '../words/params.ts'

const MOST_NUMBERS = 12

/** Which trials did not go through, and why. */
export function endedSection({ trials, space }: ReportData): Html {
  const failed = trials.filter(({ failure }) => failure !== undefined)
  const stopped = trials.filter(({ state }) => state === 'stopped')
  const paused = trials.filter(({ state }) => state === 'paused')
  if (failed.length + stopped.length + paused.length === 0) return html``
  const groups = [
    ...grouped(failed, ({ failure }) => failure!.code).map((group) => ({ state: 'failed', ...group })),
    // The same reason with other numbers is the same reason.
    ...grouped(stopped, ({ stopReason = '' }) => stopReason.replace(/-?\d+(\.\d+)?(e[-+]?\d+)?/g, '#')).map(
      (group) => ({ state: 'stopped', ...group }),
    ),
    ...(paused.length > 0 ? [{ state: 'paused', members: paused }] : []),
  ]
  return html`<section>
<h2>What did not go through</h2>
${table(
  'Trials that did not go through',
  [heading('trials', 'number'), heading('state'), heading('why')],
  groups.map(
    ({ state, members }) =>
      html`<tr><td class="number">${members.length}</td><td>${state}</td><td class="name">${reasonOf(members[0]!)}
<div class="note">${numbersOf(members)}${state === 'failed' && html`; the first with ${paramsInWords(members[0]!.params, space)}`}</div></td></tr>`,
  ),
)}
</section>`
}

function grouped(
  trials: readonly ReportTrial[],
  keyOf: (trial: ReportTrial) => string,
): readonly { readonly members: readonly ReportTrial[] }[] {
  return [...Map.groupBy(trials, keyOf).values()]
    .map((members) => ({ members }))
    .sort((a, b) => b.members.length - a.members.length)
}

function reasonOf({ failure, stopReason, state }: ReportTrial): string {
  if (failure !== undefined) return `${failure.code}: ${failure.message}`
  if (state === 'paused') return 'Its scheduler did not let it go on, so far.'
  return inShort(stopReason ?? '')
}

/** Measurements in a reason have all their digits. */
const inShort = (reason: string): string =>
  reason.replace(/\d+\.\d{4,}(e[-+]?\d+)?/g, (digits) => number(Number(digits)))

function numbersOf(trials: readonly ReportTrial[]): string {
  const shown = trials.slice(0, MOST_NUMBERS).map(({ number }) => number)
  const rest = trials.length - shown.length
  return `trial ${shown.join(', ')}${rest > 0 ? ` and ${count(rest, 'other')}` : ''}`
}
