import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Plugin, SearchStrategy } from '@rondo/core'
import { searchStrategySuite } from '@rondo/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { root, writeSnippets } from './snippets.ts'

const execute = promisify(execFile)
const folder = join(root, 'test/docs/.snippets')
const written = writeSnippets(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every TypeScript snippet of the documents typechecks', { timeout: 120_000 }, async () => {
  expect(written.size).toBeGreaterThan(10)
  const config = join(folder, 'tsconfig.json')
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../../../tsconfig.check.json',
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
      include: ['**/*.ts'],
      exclude: [],
    }),
  )
  const { stdout } = await execute('tsc', ['-p', config, '--pretty', 'false'], { cwd: root }).catch(
    (error: { readonly stdout: string }) => error,
  )
  const errors = stdout
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((line) => {
      const [, path = '', at = '1', message = ''] = /^(.*?)\((\d+),\d+\): (.*)$/.exec(line) ?? []
      const snippet = written.get(path)
      return snippet === undefined ? line : `${snippet.document}:${snippet.line + Number(at) - 1} ${message}`
    })
  expect(errors).toEqual([])
})

test('every package has an example that is run', () => {
  const running = new Set([...written.values()].filter(({ runs }) => runs).map(({ document }) => document))
  const silent = readdirSync(join(root, 'packages')).filter(
    (name) => !running.has(`packages/${name}/README.md`),
  )
  expect(silent).toEqual([])
})

const running = [...written].filter(([, { runs }]) => runs)
test.each(running.map(([path, { document, line }]) => [`${document}:${line}`, path] as const))(
  '%s runs',
  { timeout: 120_000 },
  async (_, path) => {
    const place = mkdtempSync(join(tmpdir(), 'rondo-snippet-'))
    symlinkSync(join(root, 'examples'), join(place, 'examples'))
    try {
      await execute(process.execPath, ['--conditions=rondo-source', join(root, path)], { cwd: place })
    } finally {
      rmSync(place, { recursive: true })
    }
  },
)

describe('the strategy of docs/writing-a-plugin.md keeps the rules of a search strategy', async () => {
  const url = pathToFileURL(join(folder, 'docs/writing-a-plugin/nearby.ts')).href
  const { nearby } = (await import(url)) as { readonly nearby: () => Plugin<SearchStrategy> }
  for (const check of searchStrategySuite.checks) test(check.name, () => check.run(nearby))
})
