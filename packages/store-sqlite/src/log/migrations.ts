import type { DatabaseSync } from 'node:sqlite'

/** One step from a version of the database to the next. */
export interface Migration {
  /** What it changes, for readers. */
  readonly title: string
  /** Statements that turn a database of the version before into one of this version. */
  readonly sql: string
}

/** In order; the version of a database (`user_version`) is the number of those applied. Entries never change. */
export const MIGRATIONS: readonly Migration[] = [
  {
    title: 'the log: one row an event, guarded by the CRC-32 of its number, type and text',
    sql: `CREATE TABLE event (
      seq INTEGER PRIMARY KEY,
      at REAL NOT NULL,
      type TEXT NOT NULL,
      event TEXT NOT NULL,
      crc INTEGER NOT NULL
    ) STRICT`,
  },
]

/** The version of a database: how many migrations it has seen. */
export function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version')
}

/** Applies the migrations that a database lacks, all or none. */
export function migrate(database: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): void {
  const version = versionOf(database)
  if (version >= migrations.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const { sql } of migrations.slice(version)) database.exec(sql)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** The value of a numeric pragma. */
export function pragma(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get()
  return Number(row?.[name])
}
