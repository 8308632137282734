import { join, relative, resolve } from 'node:path'
import type { Evaluation, Store } from '@rondo/core'
import { IN_USE, readModelFolder } from '../prediction/model-folder.ts'
import { nextCommand } from '../study/next-command.ts'
import { readStudyOf } from '../study/stores.ts'
import type { Output } from '../terminal/output.ts'
import { number } from '../terminal/quantities.ts'
import { decide } from './decision.ts'
import { type ModelInUse, putInUse } from './model-in-use.ts'

interface Conclusion {
  readonly store: Store
  /** The folder of studies. */
  readonly studies: string
  readonly family: string
  /** The new study. */
  readonly study: string
  readonly evaluation: Evaluation
  readonly inUse: ModelInUse
  readonly isLatest: boolean
  readonly dryRun: boolean
}

/** Puts the winner into use where it is credibly better, and says so either way. */
export async function conclude(conclusion: Conclusion, output: Output): Promise<void> {
  const { store, studies, family, study, evaluation, inUse, isLatest, dryRun } = conclusion
  const { objective } = readStudyOf(store, study).state.spec
  const { ships, because, ...scores } = decide(evaluation, objective)
  const best = join(studies, study, 'best')
  // What was decided once stays decided, also where a later study has been decided since.
  const isDone = inUse.study === study || !isLatest
  if (ships && !isDone && !dryRun) await putInUse(store, family, study, readModelFolder(best, studies)[0]!)
  const folder = ships ? relative(process.cwd(), join(studies, family, IN_USE)) : inUse.folder
  output.emit({ type: 'retuned', study, shipped: ships, ...scores, because, model: resolve(folder) })
  const { metric, challenger, incumbent } = scores
  output.say('')
  output.say(output.style('bold', ships ? 'The new model is in use.' : 'The model in use stays.'))
  output.say(
    `${study} has a test ${metric} of ${number(challenger)}, the model in use before ${number(incumbent)}; ${because}`,
  )
  output.say(
    ships
      ? `It is in ${folder}; \`${nextCommand(['predict', family, 'new.csv'], studies)}\` predicts with it.`
      : `It is in ${folder}; the best of ${study} is in ${best}.`,
  )
}
