import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Plugin } from '@rondo/core'
import * as testkit from '@rondo/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { OWN_PLUGINS } from '../src/actions/own-plugins.ts'
import { pluginFiles } from '../src/init/plugin-files.ts'
import { FUNCTION_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

const execute = promisify(execFile)
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))
const BIRTHS = fileURLToPath(new URL('../../../examples/births/births.csv', import.meta.url))

describe('compare', () => {
  test('tells the best so far of each study, and in which settings they differ', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    await rondo(['tune', '--study', 'one'], { cwd })
    await rondo(['tune', '--study', 'two', '--seed', '2', '--set', 'y=0..5'], { cwd })
    const { code, stdout } = await rondo(['compare', 'one', 'two'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^value +one +two$/m)
    expect(stdout).toMatch(/^seed +1 +2$/m)
    expect(stdout).toMatch(/^y +0 … 10 +0 … 5$/m)
    const studies = jsonLines((await rondo(['compare', 'one', 'two', '--json'], { cwd })).stdout)
    for (const { best, bestSoFar } of studies as unknown as readonly {
      best: number
      bestSoFar: number[]
    }[]) {
      expect(bestSoFar.at(-1)).toBe(best)
      expect(bestSoFar).toEqual([...bestSoFar].sort((a, b) => b - a))
    }
  })

  test('refuses studies that rank by different metrics', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    await rondo(['tune', '--study', 'one'], { cwd })
    await rondo(['tune', '--study', 'two', '--minimize', 'other'], { cwd })
    const { code, stderr } = await rondo(['compare', 'one', 'two'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('one is ranked by value and two by other')
  })
})

describe('export', () => {
  test('writes a row a trial, every point of the curves, and the log', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    await rondo(['tune', '--study', 'out'], { cwd })
    const trials = (await rondo(['export', 'out'], { cwd })).stdout.trimEnd().split('\n')
    expect(trials[0]).toBe('trial,state,origin,value,epoch,epochs,folds,x,y,reason')
    expect(trials).toHaveLength(7)
    const curves = (await rondo(['export', 'out', '--curves'], { cwd })).stdout.trimEnd().split('\n')
    expect(curves[0]).toBe('trial,fold,epoch,value')
    expect(curves).toHaveLength(7)
    const none = await rondo(['export', 'out', '--model', 'copy'], { cwd })
    expect(none.stderr).toContain('RONDO_ARTIFACT_MISSING')
    const toFile = ['export', 'out', '--events', '--output', 'kept/out.jsonl']
    const refused = await rondo(toFile, { cwd })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('RONDO_STORE_WRITE')
    expect(refused.stderr).toContain('“kept/out.jsonl” could not be written: its folder is not there')
    mkdirSync(join(cwd, 'kept'))
    expect((await rondo(toFile, { cwd })).code).toBe(0)
    const events = jsonLines(readFileSync(join(cwd, 'kept', 'out.jsonl'), 'utf8'))
    expect(events[0]).toMatchObject({ seq: 1, type: 'study.created' })
    expect(events.filter(({ type }) => type === 'leg.ended')).toHaveLength(6)
  })
})

describe('init', () => {
  test('writes a config that tunes what was named', async () => {
    const cwd = folder()
    const { code } = await rondo(['init', BIRTHS, '--target', 'births'], { cwd })
    expect(code).toBe(0)
    const plan = await rondo(['tune', '--dry-run'], { cwd })
    expect(plan.stderr).toBe('')
    expect(plan.stdout).toMatch(/task +forecast births/)
    expect(plan.stdout).toMatch(/inputs +.*weekday/)
  })

  test('writes how empty fields are filled where there are some', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `${i % 40 === 3 ? '' : i % 7},${i % 5}`)
    const cwd = folder({ 'sales.csv': `sales,price\n${rows.join('\n')}\n` })
    expect((await rondo(['init', 'sales.csv', '--target', 'sales'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'rondo.config.ts'), 'utf8')).toContain("missing: 'ffill'")
    expect(await rondo(['tune', '--dry-run'], { cwd })).toMatchObject({ code: 0, stderr: '' })
  })

  test('leaves a config alone that is there', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    const { code, stderr } = await rondo(['init', BIRTHS, '--target', 'births'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('rondo.config.ts is there already')
    expect(readFileSync(join(cwd, 'rondo.config.ts'), 'utf8')).toBe(FUNCTION_CONFIG)
  })

  test('names the columns when the target is none of them', async () => {
    const { stderr } = await rondo(['init', BIRTHS, '--target', 'brths'], { cwd: folder() })
    expect(stderr).toContain('RONDO_DATA_COLUMN_MISSING')
    expect(stderr).toContain('Did you mean “births”?')
  })

  test('begins a search strategy that a config can use at once', async () => {
    const cwd = folder()
    expect((await rondo(['init', '--plugin', 'search', 'hill-climb'], { cwd })).code).toBe(0)
    const config = FUNCTION_CONFIG.replace(
      "{ random } from '@rondo/search-random'",
      "{ hillClimb } from './hill-climb/src/index.ts'",
    )
    writeFileSync(join(cwd, 'rondo.config.ts'), config.replace('random()', 'hillClimb()'))
    const { stdout, stderr } = await rondo(['tune', '--study', 'own'], { cwd })
    expect(stderr).toBe('')
    expect(stdout).toContain('own: 6 trials (6 completed)')
    expect((await rondo(['init', '--plugin', 'search', 'hill-climb'], { cwd })).code).toBe(2)
  })
})

describe('the beginnings of a plugin keep the rules of their kind', () => {
  // Inside the package, so that what they import is found.
  const place = mkdtempSync(join(import.meta.dirname, 'generated-'))
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  const kinds = [
    ['search', 'searchStrategySuite'],
    ['scheduler', 'schedulerSuite'],
    ['splitter', 'splitterSuite'],
    ['callback', 'callbackSuite'],
  ] as const
  test.each(kinds)('%s', async (kind, name) => {
    const files = pluginFiles(kind, 'my-own', true)
    const file = join(place, `${kind}.ts`)
    writeFileSync(file, files['src/index.ts']!)
    expect(files['test/index.test.ts']).toContain(`import { ${name} } from '@rondo/testkit'`)
    const suite = (testkit as unknown as Record<string, testkit.Suite<() => Plugin>>)[name]!
    const { myOwn } = (await import(pathToFileURL(file).href)) as { readonly myOwn: () => Plugin }
    for (const check of suite.checks) await check.run(myOwn)
  })

  test('and are tested at once in a checkout in which nothing was built', async () => {
    await rondo(['init', '--plugin', 'search', 'my-own'], { cwd: place })
    const cwd = join(place, 'my-own')
    // As npm does: it finds what is installed in the folders above.
    const { stdout } = await execute(process.execPath, [VITEST, 'run', '--reporter=verbose'], { cwd })
    for (const { name } of testkit.searchStrategySuite.checks) expect(stdout).toContain(name)
  })
})

describe('plugins', () => {
  test('lists what rondo exports, and nothing else', async () => {
    const exported = await import('rondo')
    for (const { call } of OWN_PLUGINS) expect(exported, call).toHaveProperty(call)
  })

  test('lists what a config composes', async () => {
    const { stdout } = await rondo(['plugins', 'rondo.config.ts'], {
      cwd: folder({ 'rondo.config.ts': FUNCTION_CONFIG }),
    })
    expect(stdout).toMatch(/^search-strategy +random +study/m)
    expect(stdout).toMatch(/^store +sqlite +process/m)
  })
})

describe('doctor', () => {
  test('finds this machine in order, having trained a model', async () => {
    const cwd = folder()
    const { code, stdout } = await rondo(['doctor', '--json'], { cwd })
    const checks = jsonLines(stdout)
    expect(checks.filter(({ state }) => state === 'bad')).toEqual([])
    expect(checks.map(({ name }) => name)).toContain('training')
    expect(code).toBe(0)
    expect(existsSync(join(cwd, 'studies'))).toBe(false)
  })

  test('says what is in the way', async () => {
    const { code, stdout } = await rondo(['doctor', '--studies', 'data.csv/studies'], {
      cwd: folder({ 'data.csv': 'a,b' }),
    })
    expect(stdout).toMatch(/^bad {3}studies/m)
    expect(stdout).toContain('could not be written')
    expect(code).toBe(1)
  })
})

describe('completion', () => {
  const completed = (script: string, line: readonly string[]): readonly string[] => {
    const words = line.map((word) => `'${word}'`).join(' ')
    const ask = `${script}\nCOMP_WORDS=(${words})\nCOMP_CWORD=${line.length - 1}\n_rondo\nprintf '%s\\n' "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', ask], { encoding: 'utf8' }).trimEnd().split('\n')
  }

  test('completes commands, options and the values of options in bash', async () => {
    const { code, stdout } = await rondo(['completion', 'bash'], { cwd: folder() })
    expect(code).toBe(0)
    expect(completed(stdout, ['rondo', 'res'])).toEqual(['resume'])
    expect(completed(stdout, ['rondo', 'tune', '--sch'])).toEqual(['--scheduler'])
    expect(completed(stdout, ['rondo', 'tune', '--search', ''])).toEqual(['bayes', 'random', 'grid'])
    expect(completed(stdout, ['rondo', 'completion', 'z'])).toEqual(['zsh'])
  })

  test.each(['zsh', 'fish'])('has every command for %s', async (shell) => {
    const { stdout } = await rondo(['completion', shell], { cwd: folder() })
    for (const name of ['tune', 'resume', 'finish', 'predict']) expect(stdout).toContain(name)
    // A separator is a value of an option, and would be a syntax error here.
    expect(stdout).not.toContain(', ; ')
  })
})
