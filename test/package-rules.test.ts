import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packageRuleBreaches } from '../tools/package-rules.ts'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
let copy: string

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'rondo-rules-'))
  cpSync(packages, copy, {
    recursive: true,
    filter: (from) => !/node_modules|dist$|wasm$|\/test$/.test(from),
  })
})
afterEach(() => rmSync(copy, { recursive: true }))

test('the repository keeps the rules between packages', () => {
  expect(packageRuleBreaches(packages)).toEqual([])
})

test('a plugin that depends on another plugin is named', () => {
  const file = join(copy, 'search-random/package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...manifest, dependencies: { '@rondo/dataset': '^0.1.0' } }))
  expect(packageRuleBreaches(copy)).toEqual([
    'packages/search-random/package.json: @rondo/search-random must not depend on @rondo/dataset',
  ])
})

test('a strategy that draws from Math.random is named, a comment that speaks of it is not', () => {
  writeFileSync(join(copy, 'search-random/src/a.ts'), '/** Never Math.random. */\nexport const x = 1\n')
  expect(packageRuleBreaches(copy)).toEqual([])
  writeFileSync(join(copy, 'search-random/src/a.ts'), 'export const x = Math.random()\n')
  expect(packageRuleBreaches(copy)).toEqual([
    'packages/search-random/src/a.ts uses Math.random (draw from an addressed generator)',
  ])
})

test('a source that reaches into another package past its dependencies is named', () => {
  writeFileSync(join(copy, 'search-random/src/a.ts'), "export { csv } from '../../dataset/src/csv.ts'\n")
  expect(packageRuleBreaches(copy)).toEqual([
    'packages/search-random/src/a.ts imports ../../dataset/src/csv.ts, outside of its package',
  ])
})
