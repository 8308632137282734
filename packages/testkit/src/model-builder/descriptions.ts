import type { DatasetDescription, ModelShapes } from '@rondo/core'

/** Data of a kind, with the shapes of a model for it. */
export interface Kind {
  readonly description: DatasetDescription
  readonly shapes: ModelShapes
}

const common = { hash: '0'.repeat(64), seasons: [], sequential: true, horizon: 1 } as const

/** Small data of every task. */
export const kinds: readonly Kind[] = [
  {
    description: {
      ...common,
      name: 'daily',
      task: 'forecast',
      rows: 1500,
      testRows: 200,
      features: ['value', 'weekday_sin', 'weekday_cos'],
      targets: ['value'],
      horizon: 2,
      outputs: 2,
      seasons: [7],
    },
    shapes: { task: 'forecast', steps: 14, features: 3, outputs: 2, ragged: false },
  },
  {
    description: {
      ...common,
      name: 'gestures',
      task: 'classify',
      rows: 300,
      testRows: 40,
      features: ['x', 'y'],
      targets: ['gesture'],
      outputs: 3,
      classes: ['left', 'right', 'none'],
      sequential: false,
    },
    shapes: { task: 'classify', steps: 10, features: 2, outputs: 3, ragged: false },
  },
  {
    description: {
      ...common,
      name: 'engines',
      task: 'regress',
      rows: 400,
      testRows: 60,
      features: ['heat', 'speed', 'load', 'noise'],
      targets: ['life'],
      outputs: 1,
      sequential: false,
    },
    shapes: { task: 'regress', steps: 12, features: 4, outputs: 1, ragged: false },
  },
]
