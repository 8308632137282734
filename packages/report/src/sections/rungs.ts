import { type Budget, trialValue } from '@rondo/core'
import type { ReportData, ReportTrial } from '../data/report-data.ts'
import { type Html, html } from '../html/html.ts'
import { heading, table } from '../html/table.ts'
import { count, number } from '../words/numbers.ts'
import { byValue } from '../words/objective.ts'

/** How many trials came how far; only where a scheduler gave more than one budget. */
export function rungsSection({ trials, objective, fullBudget }: ReportData): Html {
  const rungs = rungsOf(trials)
  if (rungs.length < 2) return html``
  const most = Math.max(...rungs.map(({ reached }) => reached.length))
  return html`<section>
<h2>Rungs</h2>
<p class="note">Trials get little to train on first; those that do better, or promise to, go on.</p>
${table(
  'How many trials came how far',
  [
    heading('budget'),
    heading('trials', 'number'),
    heading('', 'bar'),
    heading(`best ${objective.metric} there`, 'number'),
  ],
  rungs.map(({ budget, reached }) => {
    const values = reached.flatMap(({ curve }) => {
      const within = curve.filter(({ epoch, fold }) => epoch <= budget.epochs && fold < budget.folds)
      const value = trialValue(objective, within)?.value
      return value === undefined ? [] : [{ value }]
    })
    return html`<tr><td class="nowrap">${count(budget.epochs, 'epoch')}${fullBudget.folds > 1 && ` × ${count(budget.folds, 'fold')}`}</td><td class="number">${reached.length}</td>
<td class="bar"><div class="track"><div class="fill accent" style="width:${((100 * reached.length) / most).toFixed(1)}%"></div></div></td>
<td class="number">${number(values.sort(byValue(objective))[0]?.value)}</td></tr>`
  }),
)}
</section>`
}

interface Rung {
  readonly budget: Budget
  readonly reached: readonly ReportTrial[]
}

function rungsOf(trials: readonly ReportTrial[]): readonly Rung[] {
  const rungs = new Map<string, { budget: Budget; reached: ReportTrial[] }>()
  for (const trial of trials) {
    for (const budget of trial.budgets) {
      const key = `${budget.folds}/${budget.epochs}`
      const rung = rungs.get(key) ?? { budget, reached: [] }
      if (!rung.reached.includes(trial)) rung.reached.push(trial)
      rungs.set(key, rung)
    }
  }
  return [...rungs.values()].sort(
    (a, b) => a.budget.folds - b.budget.folds || a.budget.epochs - b.budget.epochs,
  )
}
