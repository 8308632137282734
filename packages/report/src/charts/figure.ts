import { type Html, html, raw, scriptJson } from '../html/html.ts'
import type { Chart } from './chart.ts'
import { renderSvg } from './render-svg.ts'

/** A chart in the page: drawn for both widths, and as data for the script that makes it interactive. */
export function figure(chart: Chart, interactive: boolean): Html {
  const { id, label, height, narrowHeight = height } = chart
  return html`<figure class="chart" id="${id}" role="img" aria-label="${label}" data-height="${height}" data-narrow-height="${narrowHeight}">
<div class="drawn wide">${raw(renderSvg(chart, false))}</div>
<div class="drawn narrow">${raw(renderSvg(chart, true))}</div>
${interactive && html`<script type="application/json">${scriptJson([chart.option(false), chart.option(true)])}</script>`}
</figure>`
}
