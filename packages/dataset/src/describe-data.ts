import { count, type Dataset } from '@rondo/core'
import type { TableDataset } from './dataset.ts'

const MOST_NAMES = 12

/** What the data is and why it was taken so, a line each, for `--dry-run` and the head of a study. */
export function describeData(dataset: Dataset | TableDataset): readonly string[] {
  const { name, rows, testRows, task, targets, horizon, classes, features, sequential, seasons } =
    dataset.description
  const named = features.slice(0, MOST_NAMES).join(', ')
  const more = features.length > MOST_NAMES ? ` and ${features.length - MOST_NAMES} more` : ''
  const sealed = sequential
    ? `the last ${count(testRows, 'row')}`
    : `whole sequences, of ${count(testRows, 'row')},`
  const ahead =
    task === 'forecast' ? `, ${horizon === 1 ? 'the next row' : `the next ${count(horizon, 'row')}`}` : ''
  return [
    `${name}: ${count(rows, 'row')}; ${sealed} stay sealed for the test`,
    `${task}: ${targets.join(', ')}${ahead}${classes === undefined ? '' : ` (${classes.join(', ')})`}`,
    `inputs (${features.length}): ${named}${more}`,
    ...(seasons.length === 0
      ? []
      : [
          `beside the naive forecast: the one of ${seasons.map((season) => count(season, 'row')).join(' and ')} before`,
        ]),
    ...('reasons' in dataset ? dataset.reasons : []),
  ]
}
