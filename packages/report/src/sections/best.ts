import { defaultLabel } from '@rondo/core'
import type { ReportData } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { count } from '../words/numbers.ts'
import { rangeInWords, valueInWords } from '../words/params.ts'

/** The best trial's params beside the untuned default's, and what to try by hand. */
export function bestSection(data: ReportData): Html {
  const { best, trials, space, hasData, fullBudget, advice = [] } = data
  const trial = best === undefined ? undefined : trials[best]
  if (trial === undefined) return html``
  const untuned = trials.find(({ origin }) => origin === 'default')?.params
  const { epochs, folds } = trial.reached
  return html`<section>
<h2>Best params</h2>
<p class="note">Trial ${trial.number}${(hasData || fullBudget.epochs > 1) && `, best at epoch ${trial.bestEpoch ?? epochs}`}${folds > 1 && `, mean of ${count(folds, 'fold')}`}.${hasData && html` In <code>best/params.json</code>.`}</p>
${table(
  'The best params',
  [
    heading('hyperparameter'),
    heading('best', 'number'),
    untuned && heading(defaultLabel(data), 'number'),
    heading('searched in', 'optional apart'),
  ],
  Object.keys(trial.params).map((name) => {
    const value = valueInWords(trial.params[name])
    const before = valueInWords(untuned?.[name])
    const differs = untuned !== undefined && value !== before
    return html`<tr><td class="name">${name}</td><td class="number">${differs ? html`<strong>${value}</strong>` : value}</td>${
      untuned && html`<td class="number">${before}</td>`
    }<td class="optional apart">${space[name] === undefined ? '' : rangeInWords(space[name])}</td></tr>`
  }),
)}
${
  advice.length > 0 &&
  html`<h3>To try by hand</h3>
<ul class="plain">${advice.map(({ text, because }) => html`<li>${text} <span class="note">${because.name}: ${measured(because)}</span></li>`)}</ul>`
}
</section>`
}

function measured({ value, unit }: { readonly value: number; readonly unit: string }): string {
  if (unit === 'share') return `${Number((100 * value).toPrecision(3))} %`
  return unit === 'epochs' ? count(value, 'epoch') : valueInWords(value)
}
