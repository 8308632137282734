import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { processPool } from '../src/index.ts'
import { failure, openPool, specOf } from './helpers.ts'

const moduleOf = (source: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-module-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'study.mjs')
  writeFileSync(file, source)
  return pathToFileURL(file).href
}

test('a study without a module is refused before anything starts, with what to do', async () => {
  const { module: _, ...spec } = await specOf()
  const error = await failure(openPool(processPool({ workers: 1 }), spec))
  expect(error.code).toBe('RONDO_CONFIG_INVALID')
  expect(error.remedy).toContain('default export')
})

test('a worker rebuilds the study with its overrides', async () => {
  await using pool = await openPool(processPool({ workers: 1 }), await specOf({ epochs: 7 }))
  await expect(pool.run('good')).resolves.toMatchObject({ outcome: 'reached' })
})

test('a worker that comes to another study names the difference', async () => {
  const spec = await specOf()
  const error = await failure(openPool(processPool({ workers: 1 }), { ...spec, overrides: { other: true } }))
  expect(error.code).toBe('RONDO_WORKER_FINGERPRINT')
  expect(error.message).toContain('behaviour')
})

test('a worker of another Node version is refused', async () => {
  const spec = await specOf()
  const { fingerprint } = spec
  const environment = { ...fingerprint.environment, node: '18.0.0' }
  const error = await failure(
    openPool(processPool({ workers: 1 }), { ...spec, fingerprint: { ...fingerprint, environment } }),
  )
  expect(error.code).toBe('RONDO_WORKER_FINGERPRINT')
  expect(error.message).toContain('18.0.0')
})

test.each([
  ['export const config = 1', 'RONDO_CONFIG_INVALID', 'no default export'],
  ['throw new Error("no such column")', 'RONDO_CONFIG_FAILED', 'no such column'],
  ['export default () => { throw new Error("no such flag") }', 'RONDO_CONFIG_FAILED', 'no such flag'],
])('a module that is no config is an error of the study: %s', async (source, code, message) => {
  const error = await failure(openPool(processPool({ workers: 1 }), await specOf({}, moduleOf(source))))
  expect(error.code).toBe(code)
  expect(error.scope).toBe('study')
  expect(error.message).toContain(message)
})

test('options out of range are refused', () => {
  const { schema } = processPool()
  expect(schema?.['~standard'].validate({ workers: 0 })).toHaveProperty('issues')
  expect(schema?.['~standard'].validate({ wokers: 2 })).toHaveProperty('issues')
  expect(schema?.['~standard'].validate({ workers: 2, memoryMb: 512 })).not.toHaveProperty('issues')
})
