import { ADVICE, type Advice, type AdviceRule, adviceRules, advise, trainingRunOf } from '@rondo/analysis'
import { compose, type Plugin, type StudyState } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { number } from '../terminal/quantities.ts'
import { wrap } from '../terminal/wrap.ts'
import { type AdvisedTrial, followAdvice } from './follow-advice.ts'
import type { TrialCurves } from './trial-curves.ts'

/** Rondo's rules of advice and those that a config adds. */
export function rulesOf(plugins: readonly Plugin[] = []): readonly AdviceRule[] {
  const added = plugins.filter(({ provides }) => provides.name === ADVICE.name)
  return added.length === 0 ? adviceRules : [...adviceRules, ...compose(added).resolve(ADVICE)]
}

/** What the rules say of a trial. */
export function adviceOn(
  rules: readonly AdviceRule[],
  curves: TrialCurves,
  state: StudyState,
  trial: number,
): readonly Advice[] {
  return advise(rules, trainingRunOf(curves.ends, state, trial))
}

/** Prints advice, each piece with the number that led to it and the command that follows it. */
export function printAdvice(
  advice: readonly Advice[],
  state: StudyState,
  of: AdvisedTrial,
  output: Output,
): void {
  output.say('')
  if (advice.length === 0) {
    output.say('The curves give no reason to change one thing rather than another.')
    return
  }
  output.say(output.style('bold', 'What to try next:'))
  for (const [i, piece] of advice.entries()) {
    const { text, because } = piece
    const label = `${String(i + 1).padStart(2)}. `
    const indent = ' '.repeat(label.length)
    const lines = wrap(`${text} (${because.name}: ${quantity(because)})`, output.columns - label.length - 1)
    for (const [j, line] of lines.entries()) output.say((j === 0 ? label : indent) + line)
    const follows = followAdvice(piece, state, of)
    if (follows === undefined) continue
    if (follows.outside) output.say(`${indent}Outside this study; one that allows it begins with:`)
    output.say(indent + output.style('dim', follows.command))
  }
}

function quantity({ value, unit }: Advice['because']): string {
  switch (unit) {
    case 'share':
      return `${Number((value * 100).toPrecision(3))} %`
    case 'epochs':
      return `${number(value)} ${value === 1 ? 'epoch' : 'epochs'}`
    case 'number':
      return number(value)
  }
}
