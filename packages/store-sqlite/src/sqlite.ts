import type * as Sqlite from 'node:sqlite'
import { RondoError } from '@rondo/core'

// Not imported: a Node that has no SQLite would stop at the import, and could not be told what it lacks.
const sqlite: typeof Sqlite | undefined = process.getBuiltinModule?.('node:sqlite')
if (sqlite === undefined) {
  throw new RondoError('RONDO_NODE_VERSION', {
    message: `Rondo needs Node 24 or later; this is Node ${process.versions.node}.`,
    value: process.versions.node,
  })
}

/** Of `node:sqlite`. */
export const { DatabaseSync } = sqlite
export type DatabaseSync = Sqlite.DatabaseSync
