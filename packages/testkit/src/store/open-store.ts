import { type Plugin, STORE, type Store, type StudyLog } from '@rondo/core'
import { withInstance } from '../make-instance.ts'
import type { MakePlugin } from '../suite.ts'

/** Makes the plugin on a new, empty place at each call. */
export type StoreSubject = MakePlugin<Plugin<Store>>

/** Hands a new store to `use`. */
export function withStore<R>(makePlugin: StoreSubject, use: (store: Store) => R | Promise<R>): Promise<R> {
  return withInstance(makePlugin(), STORE, use, { scope: 'process' })
}

/** Hands the log of a new study to `use`. */
export function withLog(makePlugin: StoreSubject, use: (log: StudyLog) => Promise<void>): Promise<void> {
  return withStore(makePlugin, async (store) => {
    const log = store.create('a')
    await use(log)
    log.close()
  })
}
