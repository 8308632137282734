import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { RondoError } from '@rondo/core'
import { bestParamsTable } from '../study/best-params.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import type { Output } from '../terminal/output.ts'
import { number } from '../terminal/quantities.ts'

/** Prints the best params of a study. @throws RONDO_STUDY_NO_RESULT */
export function best(study: string, studies: string, output: Output): void {
  const { state } = readStudyOf(openStore(studies), study)
  const winner = state.best
  if (winner?.value === undefined) {
    throw new RondoError('RONDO_STUDY_NO_RESULT', {
      message: `No trial of study “${study}” has a value yet.`,
      place: { study },
    })
  }
  const { metric } = state.spec.objective
  const { number: trial, value, bestEpoch: epoch, params } = winner
  const folder = join(studies, study, 'best')
  const saved = existsSync(folder)
  output.emit({
    type: 'best',
    study,
    trial,
    value,
    epoch,
    metric,
    params,
    ...(saved && { path: resolve(folder) }),
  })
  output.say(`${output.style('bold', study)}: trial ${trial}, ${metric} ${number(value)} at epoch ${epoch}`)
  output.say('')
  output.say(bestParamsTable(state))
  if (saved) {
    output.say('')
    output.say(`The model is in ${folder}.`)
  }
}
