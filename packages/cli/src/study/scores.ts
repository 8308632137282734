import type { Objective, StudyState, TrialView } from '@rondo/core'
import { defaultName, isBetter } from '@rondo/core'
import { count, number } from '../terminal/quantities.ts'
import { type Cell, table } from '../terminal/table.ts'

/** One line of a table of scores. */
export interface Score {
  readonly name: string
  readonly value: number
}

/** The best trial and the untuned default, by their values in validation. */
export function studyScores(state: StudyState): readonly Score[] {
  const { best } = state
  const untuned = state.trials.find(({ origin }) => origin === 'default')
  const scores: Score[] = []
  if (best?.value !== undefined)
    scores.push({ name: `best: ${trialInWords(best, state)}`, value: best.value })
  if (untuned?.value !== undefined && untuned !== best) {
    scores.push({ name: `${defaultName(state.spec)}: ${trialInWords(untuned, state)}`, value: untuned.value })
  }
  return scores
}

/** Its number, and how far it came where that is not to the end: its value may not mean the same. */
function trialInWords({ number, state, reached }: TrialView, { fullBudget }: StudyState): string {
  if (state === 'completed') return `trial ${number}`
  const epochs = `${reached.epochs} of ${count(fullBudget.epochs, 'epoch')}`
  return `trial ${number}, ${epochs}${fullBudget.folds === 1 ? '' : `, ${reached.folds} of ${fullBudget.folds} folds`}`
}

/** Scores from the best to the worst, each with how much worse than the best it is. */
export function scoreTable(scores: readonly Score[], objective: Objective): string {
  const sorted = [...scores].sort((a, b) => (isBetter(objective, a.value, b.value) ? -1 : 1))
  const best = sorted[0]?.value ?? 0
  const rows = sorted.map(({ name, value }): Cell[] => [
    name,
    { right: number(value) },
    { right: value === best || best === 0 ? '' : percent((value - best) / Math.abs(best)) },
  ])
  return table(['', { right: objective.metric }, ''], rows)
}

/** What is said of the best of the baselines, which need no tuning, where it is better than a trial; else nothing. */
export function defeatInWords(
  subject: string,
  value: number,
  baselines: readonly Score[],
  objective: Objective,
): readonly string[] {
  const better = baselines.filter((score) => isBetter(objective, score.value, value))
  const [best] = better.sort((a, b) => (isBetter(objective, a.value, b.value) ? -1 : 1))
  return best === undefined
    ? []
    : [`${subject} loses to ${best.name} (${number(best.value)}), which needs no such training.`]
}

const percent = (share: number): string => `${share > 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)} %`
