import { resolve } from 'node:path'
import {
  compose,
  readStudy,
  STORE,
  type Store,
  type StudyConfig,
  type StudyReading,
  systemClock,
} from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { DEFAULT_STUDIES } from './default-studies.ts'

/** The store of a folder of studies, for commands that look at studies without composing one. */
export function openStore(directory: string): Store {
  return compose([sqliteStore({ directory: resolve(directory) }), systemClock()]).resolve(STORE)
}

/** Reads a study while others may write to it. @throws RONDO_STUDY_NOT_FOUND */
export function readStudyOf(store: Store, name: string): StudyReading {
  const log = store.open(name, 'read')
  try {
    return readStudy(log)
  } finally {
    log.close()
  }
}

/** The folder of a study, where its config keeps studies on disk. */
export function studyFolder(config: StudyConfig, study: string): string | undefined {
  const directory = storeDirectory(config)
  return directory === undefined ? undefined : resolve(directory, study)
}

/** Where a config keeps its studies, where that is on disk. */
export function storeDirectory({ store }: StudyConfig): string | undefined {
  if (store?.name !== 'sqlite') return undefined
  const { directory = DEFAULT_STUDIES } = (store.options ?? {}) as { readonly directory?: string }
  return directory
}
