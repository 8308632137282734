import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const programs = globSync('bench/**/*.ts', { cwd: root }).filter((file) =>
  readFileSync(`${root}/${file}`, 'utf8').includes('flagsOf(import.meta.url'),
)

const run = (program: string, ...flags: string[]) =>
  spawnSync(execPath, ['--conditions=rondo-source', program, ...flags], { cwd: root, encoding: 'utf8' })

test('there are benchmarks', () => {
  expect(programs).toContain('bench/search/main.ts')
})

describe.each(programs)('%s', (program) => {
  const readme = readFileSync(`${root}/${dirname(program)}/README.md`, 'utf8')

  test('ends with the flags that it has, each of them in the README', () => {
    const { status, stdout, stderr } = run(program, '--nonsense', 'x')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain("Unknown option '--nonsense'")
    const known = /Flags are (.*);/.exec(stderr)![1]!.split(', ')
    const named = new Set(readme.match(/--[a-z-]+/g))
    expect(known.filter((flag) => !named.has(flag))).toEqual([])
  })

  test('prints the README for --help', () => {
    const { status, stdout } = run(program, '--help')
    expect(status).toBe(0)
    expect(stdout).toBe(`${readme.trimEnd()}\n`)
  })
})
