import { defaultLabel } from '@rondo/core'
import type { ReportData } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { count, number } from '../words/numbers.ts'
import { byValue } from '../words/objective.ts'
import { tunedNames, valueInWords } from '../words/params.ts'

const MOST_ROWS = 500

/** Every trial with its params, the best first; folded away. */
export function trialsSection(data: ReportData): Html {
  const { trials, objective, space, best } = data
  const names = tunedNames(space)
  const sorted = [...trials].sort(byValue(objective)).slice(0, MOST_ROWS)
  return html`<section>
<h2>All trials</h2>
<details><summary>${sorted.length < trials.length ? `The best ${MOST_ROWS} of ${count(trials.length, 'trial')}` : count(trials.length, 'trial')}</summary>
${table(
  'All trials, the best first',
  [
    heading('#', 'number'),
    heading('state'),
    heading(objective.metric, 'number'),
    heading('epochs', 'number'),
    names.map((name) => heading(name, 'number')),
  ],
  sorted.map(
    (trial) =>
      html`<tr${trial.number === best && html` class="best"`}><td class="number">${trial.number}</td><td>${trial.origin === 'default' ? `${trial.state} (${defaultLabel(data)})` : trial.state}</td><td class="number">${number(trial.value)}</td><td class="number">${trial.curve.reduce((last, { epoch }) => Math.max(last, epoch), 0)}</td>${names.map((name) => html`<td class="number">${valueInWords(trial.params[name])}</td>`)}</tr>`,
  ),
)}</details>
</section>`
}
