import { CLOCK, definePlugin, type Plugin, STORE, type Store } from '@rondo/core'
import { z } from 'zod'
import { DirectoryStore } from './directory-store.ts'

/** Options of {@link sqliteStore}. */
export interface SqliteStoreOptions {
  /** The folder that holds one folder a study; `studies` in the working directory where absent. */
  readonly directory?: string
}

const sqliteStoreOptions = z.strictObject({ directory: z.string().min(1).optional() })

/**
 * Keeps each study in a folder: its log in a SQLite database, its artifacts as files beside it.
 *
 * ```ts
 * defineConfig({ store: sqliteStore({ directory: 'studies' }), … })
 * ```
 */
export const sqliteStore = (options: SqliteStoreOptions = {}): Plugin<Store> =>
  definePlugin({
    name: 'sqlite',
    provides: STORE,
    scope: 'process',
    options,
    schema: sqliteStoreOptions,
    inject: [CLOCK],
    create: (clock) => new DirectoryStore(options.directory ?? 'studies', () => clock.now()),
  })
