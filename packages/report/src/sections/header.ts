import type { ReportData } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { count, duration } from '../words/numbers.ts'

const STATES = ['completed', 'stopped', 'paused', 'failed', 'running', 'queued'] as const

/** What the study is and how far it has come. */
export function header(data: ReportData): Html {
  const { study, objective, trials, workedMs, seed, notes, fullBudget, hasData } = data
  const states = STATES.flatMap((state) => {
    const n = trials.filter((trial) => trial.state === state).length
    return n === 0 ? [] : [`${n} ${state}`]
  })
  const { epochs, folds } = fullBudget
  return html`<header>
<h1>${study}</h1>
<p>${objective.direction} ${objective.metric} · ${count(trials.length, 'trial')}${states.length > 0 && ` (${states.join(', ')})`}${(hasData || epochs > 1) && ` · up to ${count(epochs, 'epoch')}`}${folds > 1 && ` × ${count(folds, 'fold')}`} · ${duration(workedMs)} of work · seed ${seed}</p>
${notes.map((note) => html`<p>Note: ${note}</p>`)}
</header>`
}
