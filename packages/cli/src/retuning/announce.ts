import { defaultName } from '@rondo/core'
import type { PreparedSession } from '../study/prepare.ts'
import type { Output } from '../terminal/output.ts'
import { number } from '../terminal/quantities.ts'
import { labelled } from '../terminal/wrap.ts'
import type { ModelInUse } from './model-in-use.ts'

/** What a retuning begins with. */
export interface Beginning {
  readonly session: PreparedSession
  readonly inUse: ModelInUse
  /** What it scores on the rows on which trials are ranked. */
  readonly score: number | undefined
}

const LABEL = 13

/** Says what the new study is measured against and begins with. */
export function announce({ session, inUse, score }: Beginning, output: Output): void {
  const { name, spec } = session.prepared
  const { metric } = spec.objective
  output.emit({
    type: 'retuning',
    study: name,
    inUse: { study: inUse.study, path: inUse.folder, ...(score !== undefined && { score }) },
  })
  const row = (label: string, text: string): void => output.say(labelled(label, text, LABEL, output.columns))
  row('retunes', `${inUse.study} as ${name}`)
  row(
    'in use',
    `${inUse.folder}${score === undefined ? '' : `; ${metric} ${number(score)} on the new validation rows, of which it may have been trained on some`}`,
  )
  row('begins with', `the ${defaultName(spec)}, then the best configurations of ${inUse.study}`)
  row('ships', 'the winner, where it is credibly better than the model in use on the new test rows')
  output.say('')
}
