import { RondoError, type Store, type StudyReading } from '@rondo/core'
import type { PreparedSession } from '../study/prepare.ts'
import { readStudyOf } from '../study/stores.ts'
import { nextOf, retunedOf } from './family.ts'

/** What {@link successor} looks among. */
export interface Succession {
  readonly store: Store
  readonly family: string
  /** The studies that the model in use and the space come from. */
  readonly before: readonly StudyReading[]
  /** The file of the new rows, as it was named. */
  readonly data: string
  readonly prepare: (study: string) => Promise<PreparedSession>
}

/** A study on the new rows. */
export interface Successor {
  readonly session: PreparedSession
  /** What there is of it, where it has been begun. */
  readonly reading?: StudyReading
  /** Whether no study of the family was begun after it. */
  readonly isLatest: boolean
}

/**
 * The study of the family on these rows: the one that was begun on them, else the next.
 *
 * @throws RONDO_USAGE where a study before has had the same rows.
 */
export async function successor({ store, family, before, data, prepare }: Succession): Promise<Successor> {
  const known = store.list().map(({ name }) => name)
  const retuned = retunedOf(family, known)
  const session = await prepare(nextOf(family, known))
  const rows = session.prepared.spec.fingerprint.data
  const begun = retuned
    .map((study) => readStudyOf(store, study))
    .find(({ state }) => state.spec.fingerprint.data === rows)
  if (begun !== undefined) {
    await session.prepared.dispose()
    return { session: await prepare(begun.name), reading: begun, isLatest: begun.name === retuned.at(-1) }
  }
  const same = before.find(({ state }) => state.spec.fingerprint.data === rows)
  if (same === undefined) return { session, isLatest: true }
  await session.prepared.dispose()
  throw new RondoError('RONDO_USAGE', {
    message: `${data} holds the rows that study “${same.name}” was tuned on: nothing is new.`,
    value: data,
    place: { file: data, study: same.name },
    remedy: 'Name a file with the rows that have arrived since, the older ones before them.',
  })
}
