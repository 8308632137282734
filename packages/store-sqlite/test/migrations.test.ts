import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { MIGRATIONS, migrate, versionOf } from '../src/log/migrations.ts'
import { newFolder, note, openStore } from './helpers.ts'

test('every migration is applied once, in order, and the version counts them', () => {
  const database = new DatabaseSync(':memory:')
  const steps = [
    { title: 'a', sql: 'CREATE TABLE a (x)' },
    { title: 'b', sql: 'ALTER TABLE a ADD COLUMN y' },
  ]
  migrate(database, steps.slice(0, 1))
  expect(versionOf(database)).toBe(1)
  database.exec('INSERT INTO a (x) VALUES (1)')
  migrate(database, steps)
  migrate(database, steps)
  expect(versionOf(database)).toBe(2)
  expect(database.prepare('SELECT x, y FROM a').all()).toMatchObject([{ x: 1, y: null }])
})

test('a migration that fails leaves the database as it was', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, [{ title: 'a', sql: 'CREATE TABLE a (x)' }])
  const broken = [
    { title: 'a', sql: 'CREATE TABLE a (x)' },
    { title: 'b', sql: 'CREATE TABLE b (x)' },
    { title: 'c', sql: 'CREATE TABLE b (x)' },
  ]
  expect(() => migrate(database, broken)).toThrow('already exists')
  expect(versionOf(database)).toBe(1)
  expect(database.prepare(`SELECT name FROM sqlite_schema`).all()).toMatchObject([{ name: 'a' }])
})

test('a new log has all migrations', () => {
  const directory = newFolder()
  openStore(directory).create('a').close()
  const database = new DatabaseSync(join(directory, 'a', 'log.sqlite'))
  expect(versionOf(database)).toBe(MIGRATIONS.length)
  database.close()
})

test('a log of an older version is read through a copy and left alone; opened for writing it is brought up to date', () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('a').close()
  const file = join(directory, 'a', 'log.sqlite')
  const version = (): number => {
    const database = new DatabaseSync(file)
    const found = versionOf(database)
    database.close()
    return found
  }
  // Before the first migration a log was a marked database without tables.
  const database = new DatabaseSync(file)
  database.exec('DROP TABLE event; PRAGMA user_version = 0')
  database.close()
  const reader = store.open('a', 'read')
  expect([...reader.read()]).toEqual([])
  reader.close()
  expect(version()).toBe(0)
  const writer = store.open('a', 'write')
  writer.append([note('1')], 0)
  writer.close()
  expect(version()).toBe(MIGRATIONS.length)
})

test('a large log is read page by page, also while it grows', () => {
  const log = openStore(newFolder()).create('a')
  const events = Array.from({ length: 1000 }, (_, i) => note(String(i)))
  log.append(events, 0)
  let seen = 0
  for (const { seq } of log.read()) {
    seen++
    if (seq === 500) log.append([note('late')], 1000)
  }
  expect(seen).toBe(1001)
  log.close()
})
