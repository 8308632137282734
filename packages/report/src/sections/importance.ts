import { unvariedInWords } from '@rondo/core'
import { figure } from '../charts/figure.ts'
import { sliceChart } from '../charts/slice-chart.ts'
import type { ReportData } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { table } from '../html/table.ts'
import { number, percent } from '../words/numbers.ts'

/** Below it the forest does not know the trials well enough for its shares to mean much. */
const KNOWS_LITTLE = 0.3
const MOST_SLICES = 6
/** An interaction below it is not worth a line. */
const WORTH_SAYING = 0.03

/** Which hyperparameters matter, and how. */
export function importanceSection(data: ReportData, interactive: boolean): Html {
  const { importance, objective } = data
  if (importance === undefined || importance.hyperparameters.length === 0) return html``
  const { hyperparameters, unvaried, interactions, explained, observations } = importance
  const longest = Math.max(...hyperparameters.map(({ share, deviation }) => share + deviation), 0.01)
  const width = (share: number): string => ((100 * Math.max(0, share)) / longest).toFixed(1)
  const strong = interactions.filter(({ share }) => share >= WORTH_SAYING).slice(0, 3)
  return html`<section>
<h2>What matters</h2>
<p>Shares of the variance of ${objective.metric} over the whole space, by functional ANOVA of a random forest.
${
  explained < KNOWS_LITTLE
    ? html`<strong>Handle with care:</strong> the forest explains only ${percent(explained)} of the differences between ${number(observations.length)} trials.`
    : html`The forest explains ${percent(explained)} of the differences between ${number(observations.length)} trials.`
}</p>
${table(
  'The share of each hyperparameter',
  undefined,
  hyperparameters.map(
    (
      { name, share, deviation },
      i,
    ) => html`<tr><td class="name">${name}</td><td class="number">${percent(share)}</td>
<td class="bar"><div class="track"><div class="fill${i === 0 && ' accent'}" style="width:${width(share)}%"></div><div class="whisker" style="left:${width(share - deviation)}%;width:${width(Math.min(share, deviation) + deviation)}%"></div></div></td></tr>`,
  ),
)}
${
  strong.length > 0 &&
  html`<p class="note">Only together: ${strong.map(({ names, share }, i) => html`${i > 0 && ', '}${names[0]} × ${names[1]} ${percent(share)}`)}.</p>`
}
${unvaried.length > 0 && html`<p class="note">${unvariedInWords(unvaried, number)}</p>`}
<h3>Each by itself</h3>
<p class="note">The line is what to expect at a value, the others being drawn from the space; each dot is a trial, one that was not trained in full with what others gained from there on.</p>
<div class="slices">${hyperparameters
    .slice(0, MOST_SLICES)
    .map(
      (slice, i) => html`<div><h3>${slice.name}</h3>${figure(sliceChart(data, slice, i), interactive)}</div>`,
    )}</div>
</section>`
}
