import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

const WEATHER = fileURLToPath(new URL('../../../examples/weather/seattle-weather.csv', import.meta.url))

/** A small model on the weather of Seattle: seconds, not minutes. */
const SMALL = [
  '--target',
  'temp_max',
  '--calendar',
  'dayOfYear',
  '--window',
  '7',
  '--set',
  'units=4..8',
  '--set',
  'layers=1',
]

test('a CSV file is tuned, its winner scored on sealed rows, and tomorrow is predicted', async () => {
  const cwd = folder()
  copyFileSync(WEATHER, join(cwd, 'weather.csv'))

  const planned = await rondo(['tune', 'weather.csv', ...SMALL, '--dry-run'], { cwd })
  expect(planned.stderr).toBe('')
  expect(planned.stdout).toMatch(/task +forecast temp_max, 1 step ahead/)
  expect(planned.stdout).toMatch(/data +weather.csv: 1,461 rows/)

  const tuned = await rondo(
    [
      'tune',
      'weather.csv',
      ...SMALL,
      '--search',
      'random',
      '--trials',
      '3',
      '--epochs',
      '2',
      '--splitter',
      'walk-forward',
      '--folds',
      '3',
      '--workers',
      '1',
      '--json',
    ],
    { cwd },
  )
  expect(tuned.stderr).toContain('weather: 3 trials (3 completed)')
  // The bar that the model has to clear stands beside its score.
  expect(tuned.stderr).toMatch(/seasonal naive|ridge/)
  expect(tuned.code).toBe(0)
  expect(tuned.stderr).toMatch(/On its 3 folds: [\d., ]+; mean [\d.]+, standard deviation [\d.]+\./)
  expect(tuned.stderr).toMatch(/It is the best of 3|the luck of being the best of 3/)
  const result = jsonLines(tuned.stdout).at(-1) as {
    readonly baselines: readonly { readonly name: string; readonly value: number }[]
    readonly folds: { readonly values: readonly number[] }
    readonly best: { readonly value: number; readonly path: string }
  }
  const rival = result.baselines.reduce((a, b) => (b.value < a.value ? b : a))
  expect(tuned.stderr.includes(`The best trial loses to ${rival.name} (`)).toBe(
    rival.value < result.best.value,
  )
  expect(existsSync(join(result.best.path, 'model.json'))).toBe(true)

  const finished = await rondo(['finish', 'weather', '--json'], { cwd })
  expect(finished.stderr.split('\n')[0]).toMatch(
    /^The tuned model (wins(, by less than is certain)?: it has a test mae of|does not win: )/,
  )
  expect(result.folds.values).toHaveLength(3)
  expect(finished.stderr).toMatch(/the winner's mae less that of +difference +90 % interval/)
  const [evaluation] = jsonLines(finished.stdout)
  expect(evaluation).toMatchObject({ type: 'evaluation', study: 'weather', seen: 1 })
  const { metrics, baselines } = evaluation as unknown as {
    readonly metrics: { readonly mae: number }
    readonly baselines: readonly { readonly name: string; readonly metrics: { readonly mae: number } }[]
  }
  const naive = baselines.find(({ name }) => name === 'naive')!
  // The first line must agree with the numbers below it.
  const lost = baselines.some((baseline) => baseline.metrics.mae <= metrics.mae)
  expect(finished.stderr.startsWith('The tuned model does not win')).toBe(lost)
  expect(naive.metrics.mae).toBeGreaterThan(1)
  expect((await rondo(['finish', 'weather'], { cwd })).stdout).toContain('seen 2 times')

  const all = await rondo(['predict', 'weather', 'weather.csv', '--all', '--json'], { cwd })
  const predictions = jsonLines(all.stdout) as unknown as readonly {
    readonly row: number
    readonly values: { readonly temp_max: number }
  }[]
  expect(predictions.length).toBeGreaterThan(1400)
  const last = await rondo(['predict', result.best.path, '-'], { cwd, input: readFileSync(WEATHER, 'utf8') })
  const [head, row, ...others] = last.stdout.trimEnd().split('\n')
  expect(head).toMatch(/^time,row,step,temp_max\b/)
  expect(others).toEqual([])
  expect(row!.split(',').slice(0, 4).join()).toBe(`2016-01-01,1462,1,${predictions.at(-1)!.values.temp_max}`)

  const written = await rondo(['predict', 'weather', 'weather.csv', '--output', 'tomorrow.csv'], { cwd })
  expect(written.stdout).toContain('Wrote 1 prediction to tomorrow.csv')
  expect(readFileSync(join(cwd, 'tomorrow.csv'), 'utf8')).toBe(last.stdout)
}, 120_000)

test('a study is resumed on the same data under another name, and not on data that has changed', async () => {
  const cwd = folder()
  const text = readFileSync(WEATHER, 'utf8')
  writeFileSync(join(cwd, 'weather.csv'), text)
  const study = ['--search', 'random', '--trials', '1', '--epochs', '1', '--workers', '1']
  expect((await rondo(['tune', 'weather.csv', ...SMALL, ...study], { cwd })).code).toBe(0)
  renameSync(join(cwd, 'weather.csv'), join(cwd, 'moved.csv'))
  const resume = ['resume', 'weather', '--trials', '3', '--file', 'moved.csv']
  // In processes of their own, which compare the data as well.
  const moved = await rondo([...resume, '--workers', '2'], { cwd })
  expect(moved.stderr).toBe('')
  expect(moved.code).toBe(0)
  expect((await rondo(['verify', 'weather', '--file', 'moved.csv'], { cwd })).code).toBe(0)

  writeFileSync(join(cwd, 'moved.csv'), text.replace('12.8', '12.9'))
  const edited = await rondo(resume, { cwd })
  expect(edited.stderr).toContain('RONDO_STUDY_CHANGED')
  expect(edited.stderr).toContain('moved.csv has changed since study “weather” began.')
  expect(edited.code).toBe(1)
  writeFileSync(join(cwd, 'moved.csv'), `${text}2016-01-01,0,10,5,3,rain\n`)
  expect((await rondo(resume, { cwd })).stderr).toContain('rondo retune weather')
}, 60_000)

test('a trial that its scheduler has paused is taken further, to the same values as in one go', async () => {
  const cwd = folder()
  copyFileSync(WEATHER, join(cwd, 'weather.csv'))
  const flags = [...SMALL, '--search', 'random', '--trials', '2', '--epochs', '4', '--workers', '1']
  const trialsOf = async (scheduler: string) => {
    await rondo(['tune', 'weather.csv', '--study', scheduler, '--scheduler', scheduler, ...flags], { cwd })
    const shown = jsonLines((await rondo(['show', scheduler, '--json'], { cwd })).stdout)
    return shown.filter(({ type }) => type === 'trial')
  }
  const paused = (await trialsOf('asha')).find(({ state }) => state === 'paused')!
  const whole = (await trialsOf('full'))[paused.trial as number]!
  const beyond = await rondo(['extend', 'asha', `${paused.trial}`, '--epochs', '9'], { cwd })
  expect(beyond.stderr).toContain('has at most 4 epochs')
  const gatesOf = async (study: string, trial: unknown) => {
    const { stdout, stderr } = await rondo(['show', study, '--trial', `${trial}`, '--json'], { cwd })
    expect(stderr).toMatch(/layer 1 forget +0\.\d+ → 0\.\d+ +[▁-█]+ +\d+ % +\d+ %/)
    return jsonLines(stdout).at(-1)!.gates as readonly { readonly epochs: readonly number[] }[]
  }
  const extended = await rondo(['extend', 'asha', `${paused.trial}`, '--epochs', '4', '--json'], { cwd })
  expect(extended.stderr).toContain('○ loss   ● val_loss')
  expect(jsonLines(extended.stdout).at(-1)).toMatchObject({
    type: 'trained',
    trial: paused.trial,
    params: whole.params,
    value: whole.value,
    epoch: whole.epoch,
  })
  // Two legs have read what one has.
  const gates = await gatesOf('asha', paused.trial)
  expect(gates[0]!.epochs).toEqual([1, 2, 3, 4])
  expect(gates).toEqual(await gatesOf('full', paused.trial))
}, 120_000)

test('models of folds predict together, from CSV and JSON lines alike, and on from their own predictions', async () => {
  const cwd = folder()
  const text = readFileSync(WEATHER, 'utf8')
  writeFileSync(join(cwd, 'weather.csv'), text)
  const data = ['--target', 'temp_max', '--features', 'temp_max', '--calendar', 'dayOfYear']
  const space = ['--set', 'units=4..8', '--set', 'window=7', '--set', 'targetTransform=level']
  const folds = ['--splitter', 'walk-forward', '--folds', '2', '--epochs', '1']
  expect((await rondo(['train', 'weather.csv', ...data, ...space, ...folds], { cwd })).code).toBe(0)

  interface Line {
    readonly time: string
    readonly step: number
    readonly values: { readonly temp_max: number }
  }
  const predict = async (args: readonly string[], input = ''): Promise<readonly Line[]> => {
    const { stdout, stderr } = await rondo(['predict', ...args, '--json'], { cwd, input })
    if (stdout === '') throw new Error(stderr)
    expect(stderr).toContain('The mean of 2 models')
    return jsonLines(stdout) as unknown as readonly Line[]
  }
  const [tomorrow] = await predict(['weather', 'weather.csv'])
  const head = text.split('\n')[0]!.trim().split(',')
  const rows = text.trimEnd().split(/\r?\n/).slice(1)
  const objects = rows.map((row) => {
    const fields = row.split(',')
    return { [head[0]!]: fields[0]!, temp_max: Number(fields[head.indexOf('temp_max')]) }
  })
  const asLines = objects.map((row) => JSON.stringify(row)).join('\n')
  expect(await predict(['weather', '-', '--format', 'json'], asLines)).toMatchObject([
    { time: tomorrow!.time, values: tomorrow!.values },
  ])

  const rolled = await predict(['weather', 'weather.csv', '--steps', '3'])
  expect(rolled.map(({ step }) => step)).toEqual([1, 2, 3])
  expect(rolled[0]!.values).toEqual(tomorrow!.values)
  const further = { [head[0]!]: tomorrow!.time, temp_max: tomorrow!.values.temp_max }
  const [after] = await predict(
    ['weather', '-', '--format', 'json'],
    `${asLines}\n${JSON.stringify(further)}`,
  )
  expect(rolled[1]).toMatchObject({ time: after!.time, values: after!.values })

  const broken = await rondo(['predict', 'weather', '-', '--format', 'json'], {
    cwd,
    input: '{"a": 1}\nnothing',
  })
  expect(broken.stderr).toContain('Line 2 of standard input is no JSON')
}, 120_000)

test('data with a trend begins with a difference, and the plan says why', async () => {
  const config = fileURLToPath(new URL('../../../examples/co2/rondo.config.ts', import.meta.url))
  const { stdout } = await rondo(['tune', config, '--dry-run'], { cwd: folder() })
  expect(stdout).toContain('trend: the latest values of co2 lie beyond those before')
  expect(stdout).toMatch(/targetTransform +level, difference, difference-52 +difference\n/)
})
