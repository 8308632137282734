import type { LoggedEvent } from '../contracts/store.ts'
import type { Json } from '../json.ts'
import { BY_USER } from './by-user.ts'
import { type Deciders, decide } from './decide.ts'
import type { StudyEvent } from './events.ts'
import { Ledger } from './ledger.ts'

/** What a replay of a log came to. */
export interface Verification {
  /** Decisions that were made again. */
  readonly decisions: number
  /** The first decision that came out otherwise; absent: all came out the same. */
  readonly difference?: {
    /** Of the event in the log. */
    readonly seq: number
    readonly logged: Json
    readonly replayed: Json
  }
}

type DecisionEvent = Extract<
  StudyEvent,
  { readonly type: 'trial.suggested' | 'leg.started' | 'trial.stopped' }
>

/**
 * Makes every decision of a log again, from the history that it was based on, and compares. Decisions of the user
 * (enqueued params, extended trials) and stops of a leg in its midst, which hang on what the leg had measured when it
 * was asked, are taken as they are.
 */
export async function verifyLedger(ledger: Ledger, deciders: Deciders): Promise<Verification> {
  const events = [...ledger.log.read()]
  const replay = Ledger.begin(ledger.log, events[0]!, undefined, ledger.state.space)
  let decisions = 0
  for (let i = 1; i < events.length; i++) {
    const group = decisionAt(events, i)
    if (group !== undefined && isRepeatable(group, replay)) {
      const basis = { seen: group[0]!.seen, time: group[0]!.time }
      if (basis.time > replay.time) replay.advance(basis.time)
      const decided = await decide(replay.state, deciders, basis)
      decisions++
      const logged = JSON.stringify(group)
      const replayed = JSON.stringify(decided)
      if (logged !== replayed) {
        const difference = { seq: events[i]!.seq, logged: JSON.parse(logged), replayed: JSON.parse(replayed) }
        return { decisions, difference }
      }
    }
    for (const _ of group ?? [0]) replay.ingest(events[i++]!)
    i--
  }
  return { decisions }
}

/** The events of the decision that begins at `i`: a suggestion comes with the start of its first leg. */
function decisionAt(events: readonly LoggedEvent[], i: number): readonly DecisionEvent[] | undefined {
  const { event } = events[i]!
  if (event.type === 'leg.started' || event.type === 'trial.stopped') return [event]
  if (event.type !== 'trial.suggested') return undefined
  const next = events[i + 1]?.event
  return next?.type === 'leg.started' ? [event, next] : [event]
}

function isRepeatable([first, second]: readonly DecisionEvent[], { state }: Ledger): boolean {
  if (first === undefined || isByUser(first) || (second !== undefined && isByUser(second))) return false
  return first.type !== 'trial.stopped' || state.trials[first.trial]?.interrupted !== true
}

function isByUser(event: DecisionEvent): boolean {
  if (event.type === 'leg.started') return event.tags.by === BY_USER.by
  return event.type === 'trial.suggested' && event.origin === 'enqueued'
}
