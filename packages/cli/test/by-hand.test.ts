import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Rung } from '../src/study/rungs.ts'
import { openStore } from '../src/study/stores.ts'
import { CURVES_CONFIG, FUNCTION_CONFIG } from './support/configs.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

interface Trained {
  readonly trial: number
  readonly params: { readonly [name: string]: unknown }
  readonly value: number
  readonly before?: { readonly trial: number; readonly value: number }
}

const lastLine = (text: string): Trained => jsonLines(text).at(-1) as unknown as Trained

describe('train', () => {
  test('begins a study with one trial by hand, and goes on from known params', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    const first = await rondo(['train', '--study', 'hand', '--param', 'x=3', '--param', 'y=2', '--json'], {
      cwd,
    })
    expect(lastLine(first.stdout)).toMatchObject({
      type: 'trained',
      trial: 0,
      params: { x: 3, y: 2 },
      value: 6,
    })
    expect(first.code).toBe(0)

    const better = await rondo(['train', 'hand', '--from', 'best', '--param', 'x=1', '--json'], { cwd })
    expect(lastLine(better.stdout)).toMatchObject({
      trial: 1,
      params: { x: 1, y: 2 },
      value: 2,
      before: { trial: 0, value: 6 },
    })
    const worse = await rondo(['train', 'hand', '--from', '0', '--param', 'y=9'], { cwd })
    expect(worse.stdout).toContain('The best is still trial 1 with 2; this one is worse by 550.0 %')
    expect(worse.stdout).toMatch(/^y +9 +2$/m)
    expect(worse.stdout).toMatch(/^x +3 +1$/m)

    // The search goes on in the same study with all of its own trials, and it verifies with the trials by hand in it.
    const resumed = await rondo(['resume', 'hand'], { cwd })
    expect(resumed.stdout).toContain('hand: 6 trials and 3 by hand (9 completed)')
    expect((await rondo(['verify', 'hand'], { cwd })).code).toBe(0)
    expect((await rondo(['list'], { cwd })).stdout).toMatch(/^hand +6\/6 and 3 by hand /m)
    expect((await rondo(['show', 'hand'], { cwd })).stdout).toContain('6 trials and 3 by hand (9 completed)')
    const fewer = await rondo(['resume', 'hand', '--trials', '2'], { cwd })
    expect(fewer.stderr.replace(/\s+/g, ' ')).toContain('has 6 trials and 3 by hand already')
    expect(fewer.code).toBe(2)
  })

  test('refuses params that the space does not have, and trials that are not there', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    const outside = await rondo(['train', '--study', 'hand', '--param', 'y=11'], { cwd })
    expect(outside.stderr).toContain('“y” is 11, outside its range 0 … 10')
    const unknown = await rondo(['train', '--study', 'hand', '--units', '64'], { cwd })
    expect(unknown.stderr).toContain('“units” is not in the space')
    const nothing = await rondo(['train', '--study', 'hand', '--from', 'best'], { cwd })
    expect(nothing.stderr).toContain('--from best has nothing to start from')
    expect(jsonLines((await rondo(['list', '--json'], { cwd })).stdout)).toEqual([])
    await rondo(['train', '--study', 'hand'], { cwd })
    expect((await rondo(['train', 'hand', '--from', '7'], { cwd })).stderr).toContain('RONDO_STUDY_NO_TRIAL')
    expect((await rondo(['train', 'hnad'], { cwd })).stderr).toContain('RONDO_STUDY_NOT_FOUND')
  })

  test('draws the curve, and says what to try next with the number that led to it', async () => {
    const cwd = folder({ 'rondo.config.ts': CURVES_CONFIG })
    const { stdout } = await rondo(['train', '--param', 'x=1', '--param', 'y=0', '--param', 'on=true'], {
      cwd,
    })
    expect(stdout).toMatch(/^ +10 ┤●/m)
    expect(stdout).toContain('Trial 0: value 1.111 at epoch 9 of 9.')
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /Train longer \(18 epochs\).*\(improvement an epoch at the end: [\d.]+ %\)/,
    )
    const extended = await rondo(['extend', 'curves', '0', '--epochs', '9'], { cwd })
    expect(extended.stderr).toContain('Trial 0 has 9 epochs on 1 fold already')
    const unsaid = await rondo(['extend', 'curves', '0'], { cwd })
    expect(unsaid.code).toBe(2)
    // What it proposes is what the study allows.
    expect(unsaid.stderr.replace(/\s+/g, ' ')).toContain('extend curves 0 --epochs 9')
    const shown = await rondo(['show', 'curves', '--trial', '0'], { cwd })
    expect(shown.stdout).toContain('What to try next:')
  })
})

test('the advice on a trial is also by the rules of the config, when it is shown later', async () => {
  const rule = `{
    name: 'always',
    order: 1,
    look: () => ({ rule: 'always', text: 'Have a rest.', because: { name: 'trials', value: 1, unit: 'number' } }),
  }`
  const config = FUNCTION_CONFIG.replace('trials: 6', `plugins: [adviceRule(${rule})],\n  trials: 6`)
  const cwd = folder({ 'rondo.config.ts': `import { adviceRule } from '@rondo/analysis'\n${config}` })
  await rondo(['train', '--study', 'own'], { cwd })
  expect((await rondo(['show', 'own', '--trial', '0'], { cwd })).stdout).toContain('Have a rest.')
  await rondo(['report', 'own', '--no-interactive'], { cwd })
  expect(readFileSync(join(cwd, 'own.html'), 'utf8')).toContain('Have a rest.')
  renameSync(join(cwd, 'rondo.config.ts'), join(cwd, 'other.config.ts'))
  const without = await rondo(['show', 'own', '--trial', '0'], { cwd })
  expect(without.code).toBe(0)
  expect(without.stderr).toContain("The advice is by Rondo's own rules alone")
})

test('--tune varies the named params only, from the best of the study', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  await rondo(['tune', '--study', 'base'], { cwd })
  const [best] = jsonLines((await rondo(['best', 'base', '--json'], { cwd })).stdout) as unknown as [Trained]
  const tuned = await rondo(['tune', 'base', '--tune', 'y', '--trials', '5', '--search', 'grid'], { cwd })
  expect(tuned.stdout).toContain(`Tunes y; the others are held at trial ${best.trial}, the best of base.`)
  const trials = jsonLines((await rondo(['show', 'base-y', '--json'], { cwd })).stdout)
    .filter(({ type }) => type === 'trial')
    .map(({ params }) => params as { readonly x: number; readonly y: number })
  expect(trials).toHaveLength(5)
  expect(new Set(trials.map(({ x }) => x))).toEqual(new Set([best.params.x]))
  expect(new Set(trials.map(({ y }) => y)).size).toBe(5)
  // The best is the first, and stays it unless another value is better.
  expect(trials[0]!.y).toBe(best.params.y)
  const [own] = jsonLines((await rondo(['best', 'base-y', '--json'], { cwd })).stdout) as unknown as [Trained]
  expect(own.value).toBeLessThanOrEqual(best.value)
  const wrong = await rondo(['tune', 'base', '--tune', 'z'], { cwd })
  expect(wrong.stderr).toContain('There is no hyperparameter “z” to tune.')
  expect(wrong.code).toBe(2)
})

test('a study of --tune is measured by the best of the one before, and says so wherever it is told of', async () => {
  const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
  await rondo(['tune', '--study', 'base'], { cwd })
  const [best] = jsonLines((await rondo(['best', 'base', '--json'], { cwd })).stdout) as unknown as [Trained]
  const from = ['tune', 'base', '--tune', 'y', '--trials', '5', '--search', 'grid']
  const planned = await rondo([...from, '--dry-run'], { cwd })
  const tuned = await rondo(from, { cwd })
  expect(planned.stdout).toContain('the first trial is the best of base')
  expect(tuned.stdout).toMatch(/^trial 0 .*\(best of base\)/m)
  expect(tuned.stdout).toMatch(/^best of base: trial 0 /m)
  expect(tuned.stdout).toMatch(/^hyperparameter +best +best of base$/m)
  const shown = await rondo(['show', 'base-y'], { cwd })
  expect(shown.stdout).toMatch(/^0 .*\(best of base\)/m)
  const first = await rondo(['show', 'base-y', '--trial', '0'], { cwd })
  expect(first.stdout).toContain(`chosen by  nobody: the best of base, its trial ${best.trial}`)
  await rondo(['report', 'base-y', '--no-interactive'], { cwd })
  const html = readFileSync(join(cwd, 'base-y.html'), 'utf8')
  expect(html).toContain('better than best of base (trial 0)')
  for (const { stdout } of [planned, tuned, shown, first, { stdout: html }])
    expect(stdout).not.toMatch(/untuned|\(default\)/)
  expect((await rondo(['verify', 'base-y'], { cwd })).code).toBe(0)
  // Where nothing has been tuned before, the others are held at what is untuned.
  await rondo(['tune', '--tune', 'y', '--study', 'fresh'], { cwd })
  expect((await rondo(['show', 'fresh', '--trial', '0'], { cwd })).stdout).toContain('the untuned default')
})

describe('--set beside --tune', () => {
  const based = async (): Promise<{ readonly cwd: string; readonly x: number; readonly trial: number }> => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    await rondo(['tune', '--study', 'base'], { cwd })
    const [best] = jsonLines((await rondo(['best', 'base', '--json'], { cwd })).stdout) as unknown as [
      Trained,
    ]
    expect(best.params.y).toBe(3)
    return { cwd, x: Number(best.params.x), trial: best.trial }
  }
  const plainly = (text: string): string => text.replace(/\s+/g, ' ')

  test('is refused where it leaves out the value of the best, with what to give instead', async () => {
    const { cwd, x, trial } = await based()
    const varied = await rondo(['tune', 'base', '--tune', 'y', '--set', 'y=6,7'], { cwd })
    expect(varied.code).toBe(2)
    expect(plainly(varied.stderr)).toContain(
      `RONDO_USAGE A study of --tune begins with trial ${trial}, the best of base, where “y” is 3, which is not one of 6, 7.`,
    )
    expect(plainly(varied.stderr)).toContain(`at --set, hyperparameter y, study base, trial ${trial} value 3`)
    expect(varied.stderr).toContain('Give “y” values that 3 is among.')
    const whole = await rondo(['tune', 'base', '--tune', 'x', '--set', 'x=-5..5'], { cwd })
    expect(plainly(whole.stderr)).toContain(`where “x” is ${x}, which is not an integer.`)
    expect(plainly(whole.stderr)).toContain('a range of floats has an end with a point, such as -5.0..5.')
    const held = await rondo(['tune', 'base', '--tune', 'x', '--set', 'y=8'], { cwd })
    expect(held.code).toBe(2)
    expect(plainly(held.stderr)).toContain(
      `“y” is not tuned, but held as in trial ${trial}, the best of base, where “y” is 3, but is fixed at 8.`,
    )
    expect(plainly(held.stderr)).toContain('tune it as well, with values that 3 is among: --tune x,y.')
    expect((await rondo(['list'], { cwd })).stdout).not.toContain('base-')
  })

  test('changes the values of a study that was itself one of --tune, and varies what was held there', async () => {
    const { cwd, x } = await based()
    await rondo(['tune', 'base', '--tune', 'y', '--trials', '2', '--search', 'grid'], { cwd })
    const tuned = await rondo(
      ['tune', 'base-y', '--tune', 'x', '--set', `x=${x},1`, '--search', 'grid', '--json'],
      { cwd },
    )
    const tried = jsonLines(tuned.stdout).filter(({ type }) => type === 'trial.suggested')
    expect(tried.map(({ params }) => (params as { readonly x: number }).x)).toEqual([x, 1])
  })
})

test('--tune leaves out what is inactive where its parent is held, and --param takes a choice as it is written', async () => {
  const cwd = folder({
    'rondo.config.ts': `
import { choice, defineConfig, functionTrainer, int, minimize, random } from 'rondo'

export default defineConfig({
  name: 'layers',
  space: {
    layers: int(1, 3, { default: 1 }),
    'units[2]': int(4, 8, { when: { layers: { min: 2 } } }),
    lags: choice(['none', '7', 'all']),
  },
  objective: minimize('value'),
  trainer: functionTrainer((params) => Number(params.layers) - String(params.lags).length / 10),
  search: random(),
  trials: 4,
  seed: 1,
})
`,
  })
  const one = await rondo(['train', '--param', 'lags=7', '--layers', '1', '--json'], { cwd })
  expect(lastLine(one.stdout).params).toEqual({ layers: 1, lags: '7' })
  const flat = await rondo(['tune', 'layers', '--tune', 'lags', '--search', 'grid', '--json'], { cwd })
  expect(flat.code).toBe(0)
  const inactive = await rondo(['tune', 'layers', '--tune', 'units[2]'], { cwd })
  expect(inactive.stderr).toContain('“units[2]” is not active where layers is held')
  expect(inactive.stderr.replace(/\s+/g, ' ')).toContain('--tune layers,units[2]')
  const both = await rondo(['tune', 'layers', '--tune', 'layers,units[2]', '--trials', '8', '--json'], {
    cwd,
  })
  const tried = jsonLines(both.stdout).filter(({ type }) => type === 'trial.suggested')
  const deep = tried.filter(({ params }) => Number((params as { layers: number }).layers) > 1)
  expect(deep.length).toBeGreaterThan(0)
  for (const { params } of deep) expect(params).toHaveProperty(['units[2]'])
  expect((await rondo(['verify', 'layers-layers-units-2-'], { cwd })).stderr).toBe('')
})

describe('of a finished study', () => {
  test('every decision is made again, and one that was changed in the log is named', async () => {
    const cwd = folder({ 'rondo.config.ts': CURVES_CONFIG })
    await rondo(['tune'], { cwd })
    const verified = await rondo(['verify', 'curves'], { cwd })
    expect(verified.stdout).toMatch(/curves: \d+ decisions made again; every one comes out as in the log\./)
    expect(verified.code).toBe(0)

    const changed = copyWithChange(join(cwd, 'studies'), join(cwd, 'changed'), 5)
    const refused = await rondo(['verify', 'curves', '--studies', 'changed', '--json'], { cwd })
    expect(refused.code).toBe(1)
    expect(jsonLines(refused.stdout)[0]).toMatchObject({ difference: { seq: changed } })
    expect(refused.stderr).toMatch(/0\.params\.y: in the log \d+, now \d+/)
  })

  test('rungs, importance and the report are told', async () => {
    const cwd = folder({ 'rondo.config.ts': CURVES_CONFIG })
    await rondo(['tune'], { cwd })
    const rungs = jsonLines((await rondo(['show', 'curves', '--json'], { cwd })).stdout).filter(
      ({ type }) => type === 'rung',
    )
    expect(rungs).toMatchObject([
      { rung: 0, epochs: 3, trials: 24, promoted: 8 },
      { rung: 1, epochs: 9, trials: 8, promoted: 0 },
    ])
    const [importance] = jsonLines(
      (await rondo(['show', 'curves', '--importance', '--json'], { cwd })).stdout,
    ) as unknown as [{ readonly hyperparameters: readonly { readonly name: string }[] }]
    expect(importance.hyperparameters.map(({ name }) => name).toSorted()).toEqual(['on', 'x', 'y'])
    // What has no effect comes last.
    expect(importance.hyperparameters.at(-1)?.name).toBe('on')
    mkdirSync(join(cwd, 'out'))
    const reported = await rondo(['report', 'curves', '--out', 'out/curves.html', '--no-interactive'], {
      cwd,
    })
    expect(reported.stdout).toContain('Wrote out/curves.html.')
    const html = readFileSync(join(cwd, 'out/curves.html'), 'utf8')
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html).toContain('curves')
    expect(html.trimEnd()).toMatch(/<\/html>$/)
  })

  test('what was not varied has no share of importance', async () => {
    const xs = [0, 1, 2, 3, -1, -2, -3, 4]
    const enqueue = `  enqueue: ${JSON.stringify(xs.map((x) => ({ x, y: 3 })))},\n  defaultTrial: false,`
    const config = FUNCTION_CONFIG.replace('trials: 6,', `trials: 8,\n${enqueue}`)
    const cwd = folder({ 'rondo.config.ts': config })
    await rondo(['tune', '--study', 'held'], { cwd })
    const { stdout } = await rondo(['show', 'held', '--importance'], { cwd })
    expect(stdout).toMatch(/^x +100 % /m)
    expect(stdout).not.toMatch(/^y /m)
    const sentence = 'Not varied by these trials, so that nobody knows whether they matter: y (3).'
    expect(stdout).toContain(sentence)
    const [line] = jsonLines((await rondo(['show', 'held', '--importance', '--json'], { cwd })).stdout)
    expect(line).toMatchObject({ hyperparameters: [{ name: 'x' }], unvaried: [{ name: 'y', tried: [3] }] })
    await rondo(['report', 'held', '--no-interactive'], { cwd })
    const page = readFileSync(join(cwd, 'held.html'), 'utf8').replaceAll('<wbr>', '')
    expect(page).toContain(sentence)
  })

  test('a trial that the user took further has not gone on to another rung, and is not judged at its own', async () => {
    const cwd = folder({ 'rondo.config.ts': CURVES_CONFIG })
    await rondo(['tune'], { cwd })
    const shown = async () => jsonLines((await rondo(['show', 'curves', '--json'], { cwd })).stdout)
    const bestThatStays = (lines: Awaited<ReturnType<typeof shown>>): Rung['best'] =>
      (lines.find(({ type, rung }) => type === 'rung' && rung === 0) as unknown as Rung).best
    const { trial } = bestThatStays(await shown())!
    await rondo(['extend', 'curves', String(trial), '--epochs', '9'], { cwd })
    const after = await shown()
    expect(after.filter(({ type }) => type === 'rung')).toMatchObject([
      { rung: 0, trials: 24, promoted: 8 },
      { rung: 1, trials: 8, promoted: 0 },
    ])
    expect(bestThatStays(after)?.trial).not.toBe(trial)
  })

  test('a config that was moved is asked for, and found with --file', async () => {
    const cwd = folder({ 'rondo.config.ts': FUNCTION_CONFIG })
    await rondo(['tune', '--study', 'moved'], { cwd })
    renameSync(join(cwd, 'rondo.config.ts'), join(cwd, 'other.config.ts'))
    const lost = await rondo(['resume', 'moved', '--trials', '7'], { cwd })
    expect(lost.stderr).toContain('RONDO_CONFIG_NOT_FOUND')
    expect(lost.stderr).toContain('--file')
    const found = await rondo(['resume', 'moved', '--trials', '7', '--file', 'other.config.ts'], { cwd })
    expect(found.stdout).toContain('moved: 7 trials (7 completed)')
    writeFileSync(join(cwd, 'rondo.config.ts'), FUNCTION_CONFIG)
    expect((await rondo(['verify', 'moved'], { cwd })).code).toBe(0)
  })
})

/** Copies a study's log with another `y` in its n-th suggestion. Returns the number of that event. */
function copyWithChange(from: string, to: string, n: number): number {
  const log = openStore(from).open('curves', 'read')
  const events = [...log.read()].map(({ event }) => event)
  log.close()
  const at = events.indexOf(events.filter(({ type }) => type === 'trial.suggested')[n]!)
  const changed = events.map((event, i) =>
    i === at && event.type === 'trial.suggested'
      ? { ...event, params: { ...event.params, y: (Number(event.params.y) + 1) % 11 } }
      : event,
  )
  const copy = openStore(to).create('curves')
  copy.append(changed, 0)
  copy.close()
  return at + 1
}
