import { expect, test } from 'vitest'
import { requireSameStudy } from '../../src/study/compare-specs.ts'
import type { StudySpec } from '../../src/study/study-spec.ts'

const spec = (hash: string, content: string, { rows = 10, rondo = '1.0.0' } = {}): StudySpec => ({
  overrides: {},
  seed: 1,
  objective: { metric: 'val_mae', direction: 'minimize' },
  limits: {},
  fullBudget: { epochs: 1, folds: 1 },
  defaultTrial: true,
  fingerprint: {
    space: { hyperparameters: {}, constraints: [] },
    plugins: [],
    data: hash,
    environment: { rondo },
  },
  data: { name: 'sales.csv', rows, content },
})

test('a file that has changed is told from one that this version reads otherwise', () => {
  const begun = spec('a', 'bytes')
  expect(() => requireSameStudy('sales', begun, begun)).not.toThrow()
  expect(() => requireSameStudy('sales', begun, spec('b', 'other bytes', { rows: 12 }))).toThrow(
    expect.objectContaining({
      code: 'RONDO_STUDY_CHANGED',
      message: expect.stringContaining('had 10 rows then and has 12 now'),
    }),
  )
  expect(() => requireSameStudy('sales', begun, spec('b', 'bytes'))).toThrow(
    expect.objectContaining({
      code: 'RONDO_STUDY_FINGERPRINT',
      message: 'sales.csv has not changed since study “sales” began, but is read otherwise than then.',
    }),
  )
  expect(() => requireSameStudy('sales', begun, spec('b', 'bytes', { rondo: '1.1.0' }))).toThrow(
    expect.objectContaining({
      code: 'RONDO_STUDY_FINGERPRINT',
      message:
        'sales.csv has not changed since study “sales” began, but Rondo 1.1.0 reads it otherwise than 1.0.0 did.',
      remedy: expect.stringContaining('Go on with Rondo 1.0.0'),
    }),
  )
})
