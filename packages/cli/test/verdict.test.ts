import { maximize, type StudySpec } from '@rondo/core'
import { expect, test } from 'vitest'
import { printVerdict } from '../src/study/verdict.ts'
import type { Output } from '../src/terminal/output.ts'

/** What is told of an evaluation on a terminal so wide. */
function told(columns: number, logistic: number, of: Partial<StudySpec> = {}): readonly string[] {
  const lines: string[] = []
  const output: Output = {
    ...{ json: false, live: false, columns, rows: 24, stream: process.stdout },
    say: (line) => void lines.push(...line.split('\n')),
    warn: () => undefined,
    emit: () => undefined,
    style: (_, text) => text,
  }
  const names = [
    'accuracy',
    'balancedAccuracy',
    'f1',
    'precision',
    'recall',
    'rocAuc',
    'logLoss',
    'brier',
    'mcc',
  ]
  const metrics = (value: number) => Object.fromEntries(names.map((name, i) => [name, value + i / 1000]))
  const difference = {
    value: 0.8889 - logistic,
    low: 0.8889 - logistic,
    high: 0.8889 - logistic,
    coverage: 0.9,
  }
  const summary = {
    default: { trial: 0, metrics: metrics(0.7) },
    baselines: [{ name: 'logistic', metrics: metrics(logistic), difference }],
  }
  printVerdict(
    {
      study: 'rain',
      spec: { objective: maximize('val_accuracy'), ...of },
      evaluation: { trial: 3, metrics: metrics(0.8889), summary },
      seen: 1,
    },
    output,
  )
  return lines
}

test('a tie is told as one', () => {
  const lines = told(100, 0.8889)
  expect(lines[0]).toBe('The tuned model is as good as logistic: both have a test accuracy of 0.8889.')
  expect(lines.join('\n')).toMatch(/^logistic +0 +0 to 0 +the same$/m)
  expect(told(100, 0.9)[0]).toMatch(/^The tuned model does not win: logistic/)
})

test('on a narrow terminal no line of the scores is broken: further metrics are in a table of their own', () => {
  const narrow = told(80, 0.8)
  for (const line of narrow) expect(line.length).toBeLessThanOrEqual(80)
  const heads = narrow.filter((line) => /^ +\w/.test(line))
  expect(heads.length).toBeGreaterThan(1)
  expect(heads[0]).toMatch(/^ +accuracy /)
  expect(heads.join(' ').trim().split(/\s+/)).toHaveLength(9)
  expect(narrow.filter((line) => line.startsWith('winner: trial 3 '))).toHaveLength(heads.length)
  // Where there is room it is one table.
  expect(told(160, 0.8).filter((line) => line.startsWith('winner: trial 3 '))).toHaveLength(1)
})

test('what the winner is measured by is called what it is', () => {
  expect(told(100, 0.8).join('\n')).toMatch(/^untuned default: trial 0 /m)
  const tuned = told(100, 0.8, { defaultsOf: { study: 'rain', trial: 5 } }).join('\n')
  expect(tuned).toMatch(/^best of rain: trial 0 /m)
  expect(tuned).not.toContain('untuned')
})
