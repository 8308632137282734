import { csv } from '@rondo/dataset'
import { Command } from 'commander'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDataOptions, columnFlags, type DataOptions } from '../src/flags/data-options.ts'
import { spaceEntry } from '../src/flags/space-entry.ts'
import { addStudyOptions, studyFlags } from '../src/flags/study-options.ts'
import { milliseconds, warmStart } from '../src/flags/values.ts'

describe('a duration', () => {
  test.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['45', 45_000],
    ['500ms', 500],
  ])('%s', (text, ms) => expect(milliseconds(text)).toBe(ms))

  test.each(['', 'soon', '10x', '-5m', '1h30', '0s', 'm'])('“%s” is none', (text) => {
    expect(() => milliseconds(text)).toThrow(/duration/)
  })

  test('is the sum of its parts, however it is divided', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), fc.integer({ min: 1, max: 59 }), (h, m, s) => {
        expect(milliseconds(`${h}h${m}m${s}s`)).toBe(((h * 60 + m) * 60 + s) * 1000)
        expect(milliseconds(`${h}h ${m}min ${s}s`)).toBe(((h * 60 + m) * 60 + s) * 1000)
      }),
    )
  })
})

describe('a warm start', () => {
  test('names a study, and how many of its configurations', () => {
    expect(warmStart('births')).toEqual({ study: 'births' })
    expect(warmStart('births:3')).toEqual({ study: 'births', trials: 3 })
  })

  test.each(['', ':3', 'births:', 'births:none', 'births:0', 'a:1:2'])('“%s” is none', (text) => {
    expect(() => warmStart(text)).toThrow(/must be/)
  })
})

describe('a space entry', () => {
  test.each([
    ['units=32..256:log', ['units', { type: 'int', low: 32, high: 256, log: true }]],
    ['dropout=0..0.5:step=0.1', ['dropout', { type: 'float', low: 0, high: 0.5, step: 0.1 }]],
    [
      'lr=1e-4..1e-1:log:default=1e-3',
      ['lr', { type: 'float', low: 1e-4, high: 0.1, log: true, default: 1e-3 }],
    ],
    ['x=-2.5..-1.0', ['x', { type: 'float', low: -2.5, high: -1 }]],
    ['batchSize=16,32,64', ['batchSize', { type: 'choice', values: [16, 32, 64] }]],
    ['optimizer=adam', ['optimizer', { type: 'fixed', value: 'adam' }]],
    ['bias=false,true', ['bias', { type: 'boolean', default: false }]],
    ['units[1]=8..16', ['units[1]', { type: 'int', low: 8, high: 16 }]],
  ])('%s', (text, entry) => expect(spaceEntry(text)).toEqual(entry))

  test.each(['units', '=3', 'units=', 'units=3..', 'units=a..b', 'units=1..2:lgo', 'units=1,,2'])(
    '“%s” is none',
    (text) => {
      expect(() => spaceEntry(text)).toThrow()
    },
  )

  test('gives numbers back as they were written', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), (low, high) => {
        expect(spaceEntry(`a=${low},${high}`)[1]).toEqual({ type: 'choice', values: [low, high + 0] })
        expect(spaceEntry(`a=${low}..${high}`)[1]).toMatchObject({ low, high: high + 0 })
      }),
    )
  })
})

test('every option of csv has a flag, and what the flags say is what csv takes', async () => {
  const command = new Command().exitOverride()
  addDataOptions(command)
  const details = [
    ['--target', 'births', '--horizon', '0', '--lags', '7,364', '--seasons', '7', '--quantiles', '0.1,0.5'],
    [
      '--intervals',
      '0.9',
      '--strategy',
      'direct',
      '--gaps',
      'keep',
      '--test-by',
      'id',
      '--scale-by',
      'series',
    ],
    ['--class-weights', 'balanced', '--positive', 'yes', '--threshold', 'f1', '--separator', ';'],
    ['--decimal', ',', '--known', 'price', '--missing', 'mean', '--scale', 'robust', '--test', '0.2'],
    [
      '--task',
      'classify',
      '--features',
      'a,b',
      '--time-column',
      'day',
      '--id-column',
      'shop',
      '--calendar',
      'hour',
    ],
  ]
  const columns = columnFlags(command.parse(details.flat(), { from: 'user' }).opts<DataOptions>())!
  expect(columns).toMatchObject({
    horizon: 0,
    lags: [7, 364],
    quantiles: [0.1, 0.5],
    threshold: 'f1',
    time: 'day',
  })
  const { schema, options } = csv('a.csv', columns as never)
  const { shape } = schema as unknown as { readonly shape: object }
  // Those three are the file, and hyperparameters: --window, --set targetTransform=….
  const own = Object.keys(shape).filter((name) => !['files', 'window', 'targetTransform'].includes(name))
  expect(Object.keys(columns).toSorted()).toEqual(own.toSorted())
  expect(await schema?.['~standard'].validate(options)).not.toHaveProperty('issues')
})

test('sets of input columns are gathered by name, and become a hyperparameter', () => {
  const read = (...args: string[]) => {
    const command = addStudyOptions(new Command())
    return studyFlags(command.parse(args, { from: 'user' }).opts())
  }
  expect(read('--features', 'few=y', '--features', 'all=y, x')).toMatchObject({
    columns: { features: { few: ['y'], all: ['y', 'x'] } },
    space: { features: { type: 'choice', values: ['few', 'all'] } },
  })
  expect(read('--features', 'y,x').columns).toEqual({ features: ['y', 'x'] })
  expect(read('--features', 'y,x').space).toBeUndefined()
})
