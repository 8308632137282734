import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applyPreprocess, readTable } from '@rondo/dataset'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { readModelFolder } from '../src/prediction/model-folder.ts'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

const example = (path: string) => fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url))

/** Trains one small model on a copy of an example's file and says what it predicts of the rows of `file`. */
async function trained(source: string, data: string, params: string) {
  const cwd = folder()
  copyFileSync(example(source), join(cwd, 'data.csv'))
  writeFileSync(
    join(cwd, 'rondo.config.ts'),
    `import { csv, defineConfig, fixed, holdout, int, lstm } from 'rondo'

export default defineConfig({
  name: 'small',
  data: csv(new URL('data.csv', import.meta.url), ${data}),
  model: lstm({ batchSize: 128, learningRate: 0.01 }),
  space: { units: int(2, 8), ${params} },
  splitter: holdout(),
  trials: 1,
  epochs: 2,
  seed: 1,
})
`,
  )
  const { code, stderr } = await rondo(['train', 'rondo.config.ts', '--units', '4'], { cwd })
  if (code !== 0) throw new Error(stderr)
  return {
    cwd,
    predict: async (...args: string[]) => {
      const said = await rondo(['predict', 'small', 'data.csv', ...args], { cwd })
      if (said.code !== 0) throw new Error(said.stderr)
      return said.stdout
    },
  }
}

/** The error of a folder that holds no model. */
function failure(model: string): unknown {
  try {
    return readModelFolder(model, '')
  } catch (error) {
    return error
  }
}

/** CSV as one object a row. */
function rowsOf(text: string): readonly { readonly [column: string]: string }[] {
  const [head, ...rows] = text.trimEnd().split('\n')
  const names = head!.split(',')
  return rows.map((row) => Object.fromEntries(row.split(',').map((value, i) => [names[i]!, value])))
}

test('a recursive model predicts each step upon those before it, with bounds and quantiles for the first', async () => {
  const { cwd, predict } = await trained(
    'weather/seattle-weather.csv',
    `{ target: 'temp_max', features: ['temp_max'], calendar: ['dayOfYear'], horizon: 3, strategy: 'recursive',
       quantiles: [0.1, 0.5, 0.9], intervals: [0.8] }`,
    'window: fixed(5)',
  )
  const steps = rowsOf(await predict())
  expect(steps.map(({ time, row, step }) => [time, row, step])).toEqual([
    ['2016-01-01', '1462', '1'],
    ['2016-01-02', '1462', '2'],
    ['2016-01-03', '1462', '3'],
  ])
  const [first, ...further] = steps
  const { temp_max, ...bounds } = first!
  expect(Object.keys(bounds).slice(3)).toEqual([
    ...['temp_max_q0.1', 'temp_max_q0.5', 'temp_max_q0.9', 'temp_max_lower_80', 'temp_max_upper_80'],
  ])
  expect(bounds['temp_max_q0.5']).toBe(temp_max)
  expect(Number(bounds['temp_max_q0.1'])).toBeLessThan(Number(bounds['temp_max_q0.9']))
  expect(Number(bounds.temp_max_lower_80)).toBeLessThan(Number(temp_max))
  expect(Number(bounds.temp_max_upper_80)).toBeGreaterThan(Number(temp_max))
  for (const step of further) expect([step['temp_max_q0.1'], step.temp_max_lower_80]).toEqual(['', ''])

  const [line] = jsonLines(await predict('--json'))
  expect(line).toMatchObject({
    values: { temp_max: Number(temp_max) },
    quantiles: { temp_max: { '0.5': Number(temp_max) } },
    intervals: { temp_max: [{ coverage: 0.8, lower: Number(bounds.temp_max_lower_80) }] },
  })

  // Fewer steps are the first ones, more go on from the last.
  const numbers = (rows: typeof steps) => rows.map((row) => [row.step, row.temp_max])
  expect(numbers(rowsOf(await predict('--steps', '2')))).toEqual(numbers(steps.slice(0, 2)))
  const five = rowsOf(await predict('--steps', '5'))
  expect(numbers(five).slice(0, 3)).toEqual(numbers(steps))
  expect(five.map(({ time }) => time).slice(3)).toEqual(['2016-01-04', '2016-01-05'])

  // The report sets the forecasts of the validation rows beside what happened: none of a sealed row.
  const reported = await rondo(['report', 'small', '--json'], { cwd })
  const { labels, actual, predicted, low, high } = jsonLines(reported.stdout)[0]!.forecast as {
    readonly [name in 'actual' | 'predicted' | 'low' | 'high']: readonly number[]
  } & {
    readonly labels: readonly string[]
  }
  const recorded = new Map(
    rowsOf(readFileSync(join(cwd, 'data.csv'), 'utf8')).map(({ date, temp_max }) => [date, Number(temp_max)]),
  )
  expect(actual).toEqual(labels.map((date) => recorded.get(date)))
  expect(labels).toHaveLength(200)
  // The last 15 % of 1,461 days begin on 2015-05-27.
  expect(labels.at(-1)).toBe('2015-05-26')
  expect(predicted.every((value, i) => low[i]! <= value && value <= high[i]!)).toBe(true)
  expect(readFileSync(join(cwd, 'small.html'), 'utf8')).toContain('Forecast and truth')

  // The epochs are there for other programs with all that was measured.
  const [head, ...epochs] = (await rondo(['export', 'small', '--curves'], { cwd })).stdout
    .trimEnd()
    .split('\n')
  expect(head!.split(',')).toEqual(expect.arrayContaining(['loss', 'val_loss', 'val_rmse']))
  expect(head).toMatch(/^trial,fold,epoch,val_/)
  expect(epochs).toHaveLength(2)
  for (const epoch of epochs) expect(epoch.split(',')).toHaveLength(head!.split(',').length)

  // A copy is whole and its own; what happens to its files is told by name.
  const nowhere = await rondo(['export', 'small', '--model', 'nowhere/kept'], { cwd })
  expect(nowhere.stderr).toContain('RONDO_STORE_WRITE')
  const wrote = await rondo(['export', 'small', '--model', 'kept'], { cwd })
  expect(wrote.stdout).toBe('Wrote the model of small to kept.\n')
  const model = join(cwd, 'kept')
  expect(readModelFolder(model, '')).toEqual(readModelFolder('small', join(cwd, 'studies')))
  expect((await rondo(['export', 'small', '--model', 'kept'], { cwd })).stderr).toContain('is there already')
  cpSync(join(cwd, 'studies', 'small', 'best'), join(cwd, 'linked'), {
    verbatimSymlinks: true,
    recursive: true,
  })
  expect(failure(join(cwd, 'linked'))).toMatchObject({
    code: 'RONDO_ARTIFACT_MISSING',
    message: expect.stringMatching(/linked is a link to .*, where nothing is/),
    remedy: expect.stringContaining('cp -rL'),
  })
  const weights = readFileSync(join(model, 'weights.bin'))
  const damage: readonly (readonly [string, string | Uint8Array])[] = [
    ['weights.bin', weights.subarray(0, 50)],
    ['weights.bin', weights.subarray(4)],
    ['weights.bin', weights.map((byte, i) => (i === 0 ? byte ^ 1 : byte))],
    ['model.json', '{'],
    ['model.json', '{}'],
    ['preprocess.json', '{'],
    ['preprocess.json', '{}'],
  ]
  for (const [name, bytes] of damage) {
    const whole = readFileSync(join(model, name))
    writeFileSync(join(model, name), bytes)
    expect(failure(model)).toMatchObject({
      code: 'RONDO_ARTIFACT_DAMAGED',
      place: { file: join(model, name) },
    })
    writeFileSync(join(model, name), whole)
  }
}, 120_000)

test('beyond the horizon what is known ahead is read from the rows that the file gives to predict', async () => {
  const cwd = folder()
  const day = (i: number) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
  const rows = Array.from({ length: 214 }, (_, i) => {
    const promo = (i * 7919) % 5 === 0 ? 1 : 0
    return `${day(i)},${i < 200 ? 20 + 30 * promo + Math.sin(i) : ''},${promo}`
  })
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(cwd, name), ['date,sales,promo', ...lines, ''].join('\n'))
  write('sales.csv', rows.slice(0, 200))
  const columns = ['--target', 'sales', '--known', 'promo', '--set', 'window=5', '--set', 'units=4']
  const { stderr } = await rondo(['train', 'sales.csv', ...columns, '--epochs', '8'], { cwd })
  expect(stderr).toBe('')
  const predicted = async (lines: readonly string[], ...args: string[]) => {
    write('future.csv', lines)
    const said = await rondo(['predict', 'sales', 'future.csv', ...args], { cwd })
    return said.code === 0 ? rowsOf(said.stdout) : said.stderr.replace(/\s+/g, ' ')
  }
  const five = (await predicted(rows, '--steps', '5')) as ReturnType<typeof rowsOf>
  expect(five.map(({ time, row, step }) => [time, row, step])).toEqual(
    [1, 2, 3, 4, 5].map((step) => [day(199 + step), '201', String(step)]),
  )
  // Each is what is predicted of that row once those before it are recorded as they were predicted.
  const recorded = five.slice(0, 3).map(({ time, sales }, i) => `${time},${sales},${rows[200 + i]!.at(-1)}`)
  const fourth = await predicted([...rows.slice(0, 200), ...recorded, rows[203]!])
  expect(fourth[0]).toMatchObject({ time: day(203), sales: five[3]!.sales })
  // What the file tells of a day matters for that day, and for none before it.
  const other = (await predicted(
    rows.with(203, `${day(203)},,${1 - Number(rows[203]!.at(-1))}`),
    '--steps',
    '5',
  )) as typeof five
  expect(other.slice(0, 3)).toEqual(five.slice(0, 3))
  expect(other[3]!.sales).not.toBe(five[3]!.sales)
  const short = await predicted(rows.slice(0, 203), '--steps', '5')
  expect(short).toContain('it ends with 3 of them')
  expect(short).toContain('Add 2 rows at the end in which only date, promo are filled in')
}, 120_000)

test('sequences are predicted one by one, as wholes', async () => {
  const { cwd, predict } = await trained(
    'digits/pen-digits.csv',
    `{ task: 'classify', id: 'drawing', target: 'digit' }`,
    '',
  )
  const planned = await rondo(['tune', 'rondo.config.ts', '--study', 'other', '--dry-run'], { cwd })
  expect(planned.stdout.replace(/\s+/g, ' ')).toMatch(/those of whole sequences, are sealed until/)
  const drawings = new Set(
    readFileSync(join(cwd, 'data.csv'), 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((row) => row.split(',')[0]),
  )
  const predictions = rowsOf(await predict())
  expect(Object.keys(predictions[0]!).slice(0, 4)).toEqual(['id', 'row', 'digit', 'p(0)'])
  expect(new Set(predictions.map(({ id }) => id))).toEqual(drawings)
  expect(predictions).toHaveLength(drawings.size)

  // Any tfjs program loads the folder, by the lines of docs/first-study.md, and comes to the same.
  const best = join(cwd, 'studies', 'small', 'best')
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(best, 'model.json'), 'utf8'))
  const weightData = new Uint8Array(await readFile(join(best, 'weights.bin'))).buffer
  const weightSpecs = weightsManifest.flatMap(({ weights }: { weights: [] }) => weights)
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))

  const preprocess = JSON.parse(await readFile(join(best, 'preprocess.json'), 'utf8'))
  const { series, features, window, starts } = applyPreprocess(
    preprocess,
    await readTable(join(cwd, 'data.csv')),
  )
  const first = series.subarray(starts[0]! * features, (starts[0]! + window) * features)
  const outputs = model.predict(tf.tensor3d(first, [1, window, features])) as tf.Tensor
  for (const [digit, probability] of (await outputs.data()).entries()) {
    expect(probability).toBeCloseTo(Number(predictions[0]![`p(${digit})`]), 5)
  }
}, 120_000)
