import type { Store, StudyEntry } from '@rondo/core'
import { nextCommand } from '../study/next-command.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { accountInShort, trialAccount } from '../study/trial-counts.ts'
import { RESTS, whyItRests } from '../study/why-it-rests.ts'
import type { Output } from '../terminal/output.ts'
import { duration, number } from '../terminal/quantities.ts'
import { type Cell, table } from '../terminal/table.ts'

/** Lists the studies of a folder. */
export function list(studies: string, output: Output): void {
  const store = openStore(studies)
  const entries = store.list()
  if (entries.length === 0)
    output.say(`There are no studies in ${studies}; begin one with \`${nextCommand(['tune'], studies)}\`.`)
  const rows = entries.map((entry) => {
    const listed = describe(store, entry)
    output.emit({ type: 'study', study: entry.name, ...listed.json })
    return listed.row
  })
  if (rows.length > 0) {
    output.say(
      table(['study', { right: 'trials' }, { right: 'best' }, '', { right: 'worked' }, 'state'], rows),
    )
  }
}

interface Listed {
  readonly row: readonly Cell[]
  readonly json: object
}

/** A study that can't be read stays in the list, with its error's code: the others are not its fault. */
function describe(store: Store, { name, lockedBy }: StudyEntry): Listed {
  try {
    const reading = readStudyOf(store, name)
    const { state, workedMs } = reading
    const { trials, best, spec, evaluations } = state
    const account = trialAccount(state)
    const held = lockedBy === undefined ? [] : [`running, process ${lockedBy.pid}`]
    const rests = lockedBy === undefined ? whyItRests(reading) : undefined
    const tested = evaluations.length === 0 ? [] : [`test seen ${evaluations.length}×`]
    return {
      row: [
        name,
        { right: accountInShort(account) },
        { right: number(best?.value) },
        spec.objective.metric,
        { right: duration(workedMs) },
        [...held, ...(rests === undefined ? [] : [RESTS[rests]]), ...tested].join(', '),
      ],
      json: {
        trials: trials.length,
        byHand: account.byHand,
        ...(account.limit === undefined ? {} : { limit: account.limit }),
        objective: spec.objective,
        ...(best?.value === undefined ? {} : { best: { trial: best.number, value: best.value } }),
        workedMs,
        testSeen: evaluations.length,
        ...(rests === undefined ? {} : { rests }),
        ...(rests === 'aborted' ? { interrupted: true } : {}),
        ...(lockedBy === undefined ? {} : { lockedBy }),
      },
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'RONDO_INTERNAL'
    return { row: [name, '', '', '', '', code], json: { error: code } }
  }
}
