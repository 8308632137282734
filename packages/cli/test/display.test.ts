import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import {
  choice,
  compose,
  definePlugin,
  float,
  functionTrainer,
  memoryStore,
  minimize,
  prepareStudy,
  readStudy,
  SEARCH_STRATEGY,
  type SearchStrategy,
  STORE,
  type StudyConfig,
  type StudyState,
  systemClock,
} from '@rondo/core'
import { asha } from '@rondo/scheduler-asha'
import { random } from '@rondo/search-random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finishDisplay } from '../src/display/finish-display.ts'
import { liveBlock } from '../src/display/live-block.ts'
import { liveDisplay } from '../src/display/live-display.ts'
import { plainDisplay } from '../src/display/plain-display.ts'
import { screen } from '../src/display/screen.ts'
import type { StudyDisplay } from '../src/display/study-display.ts'
import { showImportance } from '../src/study/show-importance.ts'
import { showStudy } from '../src/study/show-study.ts'
import type { Output } from '../src/terminal/output.ts'

const SPACE = { x: float(-5, 5), aHyperparameterWithAVeryLongNameIndeed: float(0, 1) }

const config: StudyConfig = {
  space: SPACE,
  objective: minimize('value'),
  trainer: functionTrainer(({ x }, trial) => {
    for (let epoch = 0; epoch < trial.epochs; epoch++) trial.report((Number(x) - 1) ** 2 - epoch)
    return 0
  }),
  search: random(),
  trials: 5,
  epochs: 3,
}

/** An output that remembers, as wide as asked for. */
function remembering(columns: number): { readonly output: Output; text(): string } {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream
  Object.assign(stream, { columns, rows: 24, isTTY: true })
  let written = ''
  stream.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  const line = (text: string): void => void stream.write(`${text}\n`)
  return {
    output: {
      json: false,
      live: true,
      columns,
      rows: 24,
      stream,
      say: line,
      warn: line,
      emit() {},
      style: (_format, text) => text,
    },
    text: () => stripVTControlCharacters(written),
  }
}

/** Runs a real study under a display. */
async function show(display: StudyDisplay): Promise<void> {
  const prepared = await prepareStudy(config, { name: 'parabola', observer: display })
  const study = prepared.create()
  display.begin(study)
  await study.run()
  display.end()
  await study.dispose()
}

describe.each([80, 120])('at %i columns', (columns) => {
  test('the live display says a line for each trial, and how far the study is', async () => {
    const { output, text } = remembering(columns)
    await show(liveDisplay(output))
    const lines = text().split('\n')
    for (let trial = 0; trial < 5; trial++)
      expect(lines.some((line) => line.includes(`trial ${trial}  value`))).toBe(true)
    expect(text()).toContain('parabola  4/5 trials')
    expect(text()).toMatch(/best {2}value -?\d/)
    for (const line of lines) expect([...line].length).toBeLessThan(columns)
  })

  test('lines in a pipe are no longer than the width', async () => {
    const { output, text } = remembering(columns)
    await show(plainDisplay(output))
    const lines = text().trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns)
  })
})

/** Random search that expects the more of a trial the later it began. */
const expecting = definePlugin({
  name: 'expecting',
  provides: SEARCH_STRATEGY,
  scope: 'study',
  create: (): SearchStrategy => ({
    ...(random().create() as SearchStrategy),
    expectations: ({ history }) => new Map(history.trials.map(({ number }) => [number, number])),
  }),
})

test.each([80, 120])(
  'a study and its importance are shown in lines no wider than %i columns',
  async (columns) => {
    const store = memoryStore()
    const prepared = await prepareStudy({
      ...config,
      store,
      space: {
        x: SPACE.x,
        aNumberOfALongName: float(0, 1),
        kind: choice(['first', 'second', 'third', 'one of a longer name']),
      },
      search: expecting,
      scheduler: asha({ firstRung: 1 }),
      trials: 24,
      epochs: 9,
    })
    const study = prepared.create()
    await study.run()
    await study.dispose()
    const reading = readStudy(compose([store, systemClock()]).resolve(STORE).open('study', 'read'))
    const { output, text } = remembering(columns)
    showStudy(
      reading,
      { sort: 'number', stateOf: ({ state }) => state, isOpen: false, studies: 'studies' },
      output,
    )
    expect(text()).toContain('Without the luck of being the best of')
    expect(text()).toMatch(/\d trials went on from the first rung by what the search expects/)
    showImportance(reading, output)
    expect(text()).toContain('mean value along')
    for (const line of text().split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns)
  },
)

test('no line of the block is wider than the terminal, and it leaves room above, whatever it has to say', () => {
  const value = fc.double()
  const running = fc.record({
    trial: fc.nat(100_000),
    fold: fc.nat(9),
    epoch: fc.nat(1000),
    epochs: fc.integer({ min: 1, max: 1000 }),
    folds: fc.integer({ min: 1, max: 10 }),
    metrics: fc.dictionary(fc.constantFrom('value', 'loss', 'val_loss'), value),
  })
  const snapshot = fc.record(
    {
      study: fc.string({ maxLength: 60 }),
      objective: fc.constant(minimize('value')),
      finished: fc.nat(10_000),
      failed: fc.nat(100),
      paused: fc.nat(100),
      trials: fc.integer({ min: 1, max: 10_000 }),
      best: fc.record({ trial: fc.nat(), value, params: fc.dictionary(fc.string(), value) }),
      running: fc.array(running, { maxLength: 40 }),
      workedMs: fc.nat(),
      leftMs: fc.nat(),
    },
    { requiredKeys: ['study', 'objective', 'finished', 'failed', 'paused', 'running', 'workedMs'] },
  )
  fc.assert(
    fc.property(snapshot, fc.constantFrom(60, 80, 120, 200), (state, columns) => {
      const drawn = screen(state, SPACE, { columns, rows: 24, style: (_format, text) => text }).split('\n')
      for (const line of drawn) expect([...line].length).toBeLessThan(columns)
      expect(drawn.length).toBeLessThanOrEqual(20)
    }),
  )
})

test('while the winner is trained again, the display says how far that is', () => {
  const { output, text } = remembering(80)
  const display = finishDisplay(output, 3)
  const model = { name: 'model', sha256: '' }
  const state = { best: { bestEpoch: 4, model }, untuned: { bestEpoch: 2, model }, refits: [], spec: {} }
  display.begin({ name: 'births', state: state as unknown as StudyState, workedMs: 0 })
  for (let replica = 0; replica < 4; replica++) {
    for (let epoch = 1; epoch <= 4; epoch++) display.onMeasured?.(0, { fold: 0, epoch, metrics: { loss: 1 } })
    display.onEvent?.({ seq: 1, at: 0, event: { type: 'trial.refitted', trial: 0, replica, model } })
  }
  display.end()
  const lines = text().split('\n')
  for (const done of [0, 1, 2, 3]) expect(text()).toContain(`: ${done}/4 models`)
  expect(text()).toContain('scoring on the test rows')
  for (const line of lines) expect([...line].length).toBeLessThan(80)
})

test('a block that a narrower terminal has broken is taken off the screen as a whole', () => {
  const { output } = remembering(40)
  const { stream } = output
  let resizes = 0
  const block = liveBlock(stream, () => resizes++)
  block.draw(`first\n${'x'.repeat(35)}\n${'y'.repeat(35)}`)
  let erased = ''
  stream.on('data', (chunk: Buffer) => {
    erased += chunk.toString()
  })
  // Both long lines now take four rows each, six more than were drawn.
  stream.columns = 10
  stream.emit('resize')
  expect(erased.split('\u001B[1A').length - 1).toBe(3 + 6)
  expect(resizes).toBe(1)
  block.end()
  stream.emit('resize')
  expect(resizes).toBe(1)
})
