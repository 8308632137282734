import { curvesChart, lossChart } from './charts/curves-chart.ts'
import { figure } from './charts/figure.ts'
import { forecastChart } from './charts/forecast-chart.ts'
import { historyChart, leftOut } from './charts/history-chart.ts'
import { parallelChart } from './charts/parallel-chart.ts'
import type { ReportData } from './data/report-data.ts'
import { type Html, html } from './html/html.ts'
import { page } from './html/page.ts'
import { bestSection } from './sections/best.ts'
import { endedSection } from './sections/ended.ts'
import { gatesSection } from './sections/gates.ts'
import { header } from './sections/header.ts'
import { importanceSection } from './sections/importance.ts'
import { rungsSection } from './sections/rungs.ts'
import { trialsSection } from './sections/trials.ts'
import { verdictSection } from './sections/verdict.ts'
import { count } from './words/numbers.ts'
import { tunedNames } from './words/params.ts'

/** Options of {@link renderReport}. */
export interface ReportOptions {
  /**
   * The text of ECharts, which lies at `echartsScript`: charts are then interactive and the file is 1.1 MB larger. Without
   * it they are drawn only.
   */
  readonly echarts?: string
}

/**
 * A study as one HTML file that needs nothing else: no network, no other file, and no script to be read. What decides comes
 * first. Light and dark by the reader's system; from phone width up.
 */
export function renderReport(data: ReportData, { echarts }: ReportOptions = {}): string {
  const interactive = echarts !== undefined
  const valued = data.trials.filter(({ value }) => value !== undefined)
  const hasCurves = data.trials.some(({ curve }) => curve.some(({ epoch }) => epoch > 1))
  const { training = [], forecast } = data
  const body = html`${header(data)}
${verdictSection(data)}
${bestSection(data)}
${valued.length > 1 && section('History of the best', historyNote(data), figure(historyChart(data), interactive))}
${hasCurves && section('Learning curves', undefined, figure(curvesChart(data), interactive), training.length > 1 && html`<h3>Losses of the best trial</h3>${figure(lossChart(training), interactive)}`)}
${valued.length > 1 && tunedNames(data.space).length > 1 && section('Params and scores', interactive ? 'One line a trial; the best tenth stands out. Draw along an axis to keep only the lines through it.' : 'One line a trial; the best tenth stands out.', figure(parallelChart(data), interactive))}
${importanceSection(data, interactive)}
${rungsSection(data)}
${gatesSection(data, interactive)}
${forecast !== undefined && section('Forecast and truth', 'The best model on validation rows.', figure(forecastChart(forecast), interactive))}
${endedSection(data)}
${trialsSection(data)}`
  return page(`${data.study} – Rondo`, body, echarts)
}

function historyNote(data: ReportData): string {
  const missing = leftOut(data)
  const note = 'One point a trial, in the order in which they began.'
  return missing === 0
    ? note
    : `${note} ${count(missing, 'trial')} that did not train in full ${missing === 1 ? 'is' : 'are'} left out.`
}

const section = (title: string, note: string | undefined, ...content: readonly (Html | false)[]): Html =>
  html`<section><h2>${title}</h2>${note !== undefined && html`<p class="note">${note}</p>`}${content}</section>`
