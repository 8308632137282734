import { join, relative } from 'node:path'
import type { StopReason, Study, StudyState } from '@rondo/core'
import type { Output } from '../terminal/output.ts'
import { duration } from '../terminal/quantities.ts'
import { sayWrapped } from '../terminal/say-wrapped.ts'
import { bestParamsTable } from './best-params.ts'
import { type BestStanding, bestStanding, standingInWords } from './best-standing.ts'
import { nextCommand } from './next-command.ts'
import type { PreparedSession } from './prepare.ts'
import { resultJson } from './result-json.ts'
import { defeatInWords, type Score, scoreTable, studyScores } from './scores.ts'
import { shownStates } from './shown-state.ts'
import { accountInWords, statesInWords, trialAccount } from './trial-counts.ts'

const REASON: { readonly [reason in StopReason]: string } = {
  trials: 'all trials are done',
  time: 'the time is up',
  patience: 'no better value has come for as many trials as --patience allows',
  exhausted: 'no configuration is left to try',
  aborted: 'interrupted',
  error: 'an error',
}

interface Closing {
  readonly study: Study
  readonly reason: StopReason
  readonly session: PreparedSession
  readonly output: Output
  /** Scores to be shown beside the baselines. */
  readonly rivals?: readonly Score[]
  /** What to do next, where that is not what a study asks for by itself. */
  readonly steps?: readonly string[]
}

/** What is left on the screen when a study has ended for now: counts, scores, the best params, what to do next. */
export function closing(closes: Closing): void {
  const { study, reason, session, output, rivals = [] } = closes
  const { state, workedMs, name } = study
  const states = statesInWords(state.trials, shownStates(false))
  const folder = session.folder === undefined ? undefined : relative(process.cwd(), session.folder) || '.'
  const baselines = session.baselines()
  const standing = bestStanding(state)
  output.emit({ ...resultJson(study, reason, session.folder), baselines, ...standing })
  output.say('')
  output.say(
    `${output.style('bold', name)}: ${accountInWords(trialAccount(state))} (${states}) in ${duration(workedMs)}; ${REASON[reason]}.`,
  )
  if (state.best === undefined) {
    output.say(`No trial has completed; \`${nextCommand(['show', name], session.studies)}\` says why.`)
  } else {
    output.say('')
    output.say(scoreTable([...studyScores(state), ...rivals, ...baselines], state.spec.objective))
    output.say('')
    sayStanding(standing, baselines, state, output)
    output.say(bestParamsTable(state))
  }
  const hasModel = state.best?.model !== undefined
  const where = folder === undefined || !hasModel ? [] : [`The best model is in ${join(folder, 'best')}.`]
  const steps = [...where, ...(closes.steps ?? nextSteps(study, reason, session.studies))]
  if (steps.length > 0) output.say('')
  for (const step of steps) output.say(step)
}

/** How the best trial stands: beside what needs no training, and without its luck. Then a line apart. */
function sayStanding(
  standing: BestStanding | undefined,
  baselines: readonly Score[],
  { best, spec }: StudyState,
  output: Output,
): void {
  const lines = [
    ...(best?.value === undefined
      ? []
      : defeatInWords('The best trial', best.value, baselines, spec.objective)),
    ...(standing === undefined ? [] : standingInWords(standing, spec)),
  ]
  for (const line of lines) sayWrapped(line, output)
  if (lines.length > 0) output.say('')
}

function nextSteps({ name, state }: Study, reason: StopReason, studies: string | undefined): string[] {
  const command = (...words: readonly string[]): string => nextCommand(words, studies)
  if (reason === 'aborted') return [`Go on with: ${command('resume', name)}`]
  if (reason === 'time') return [`Go on for longer with: ${command('resume', name, '--time', '…')}`]
  if (state.best?.model === undefined) return []
  return [`Score it on the test rows with: ${command('finish', name)}`]
}
