import { figure } from '../charts/figure.ts'
import { gateMeansChart, gateSaturationChart } from '../charts/gates-chart.ts'
import type { ReportData, ReportGate } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { percent } from '../words/numbers.ts'

/** How the gates of the best trial's LSTM layers opened while it trained; only where the trainer read them. */
export function gatesSection({ gates = [] }: ReportData, interactive: boolean): Html {
  const first = gates[0]
  if (first === undefined) return html``
  const shown = gates.filter(({ fold }) => fold === first.fold)
  const folds = new Set(gates.map(({ fold }) => fold)).size
  const layers = [...Map.groupBy(shown, ({ layer }) => layer)].sort(([a], [b]) => a - b)
  return html`<section>
<h2>Gates</h2>
<p class="note">Of the best trial${folds > 1 && ', in its first fold'}: how far each gate stands open, from shut (0 %) to open (100 %), and which share of its values is stuck near either end, where it hardly learns.</p>
${layers.map(([, ofLayer], i) => layerOf(ofLayer, i + 1, layers.length, interactive))}
</section>`
}

const layerOf = (gates: readonly ReportGate[], layer: number, layers: number, interactive: boolean): Html =>
  html`${layers > 1 && html`<h3>Layer ${layer}</h3>`}
<div class="slices">
<div><h4>Mean</h4>${figure(gateMeansChart(gates, layer), interactive)}</div>
<div><h4>Stuck below .05 or above .95</h4>${figure(gateSaturationChart(gates, layer), interactive)}</div>
</div>
${table(
  `The gates of layer ${layer} at the end`,
  [heading('at the end'), heading('mean', 'number'), heading('shut', 'number'), heading('open', 'number')],
  gates.map(
    ({ gate, mean, closed, open }) =>
      html`<tr><td>${gate} gate</td>${[mean, closed, open].map((shares) => html`<td class="number">${percent(shares.at(-1) ?? Number.NaN)}</td>`)}</tr>`,
  ),
)}`
