import { count, deriveRng, RondoError } from '@rondo/core'
import type { Plan } from './plan.ts'
import { type Frame, seriesOf } from './series/frame.ts'

/**
 * Marks the rows that stay sealed: the last ones of each series, at least two of the shortest season and the horizon;
 * of independent sequences, and of series that are split by id, whole ones, drawn once and for all, each class in
 * proportion.
 * @throws RONDO_DATA_TOO_FEW_ROWS
 */
export function markTestRows(
  frame: Frame,
  plan: Plan,
  size: number,
  seasons: readonly number[],
  name: string,
  by: 'time' | 'id' = 'time',
): Uint8Array {
  const isTest = new Uint8Array(frame.rows)
  if (plan.sequences || by === 'id') return drawSequences(frame, plan, size, name)
  const least = 2 * (seasons[0] ?? 0) + plan.horizon
  for (const { from, to } of seriesOf(frame)) {
    const rows = to - from
    const kept = size >= 1 ? size : Math.max(Math.round(size * rows), least)
    if (kept >= rows) {
      // A short series among many serves to train.
      if (frame.groups !== undefined) continue
      throw noneLeft({ name, rows, size, least, season: seasons[0], horizon: plan.horizon })
    }
    isTest.fill(1, to - kept, to)
  }
  if (!isTest.includes(1)) throw tooFew(name, 'no series long enough to keep test rows', frame.rows)
  return isTest
}

function drawSequences(frame: Frame, plan: Plan, size: number, name: string): Uint8Array {
  const sequences = [...seriesOf(frame)]
  const labels =
    plan.classes === undefined || !plan.sequences ? undefined : frame.targets.get(plan.targets[0]!)!
  const strata = Map.groupBy(sequences, ({ to }) => labels?.[to - 1] ?? 0)
  const share = size < 1 ? size : size / sequences.length
  const isTest = new Uint8Array(frame.rows)
  let taken = 0
  for (const [label, members] of strata) {
    const order = deriveRng({ seed: 0, purpose: `test sequences ${label}` }).permutation(members.length)
    const drawn = Math.min(members.length - 1, Math.max(1, Math.round(share * members.length)))
    for (const i of order.slice(0, Math.max(0, drawn))) {
      isTest.fill(1, members[i]!.from, members[i]!.to)
      taken++
    }
  }
  if (taken === 0 || share >= 1)
    throw tooFew(
      name,
      `${count(sequences.length, 'sequence')}, too few to keep some as test`,
      sequences.length,
    )
  return isTest
}

interface Short {
  readonly name: string
  readonly rows: number
  /** What was asked for: a share or a number of rows. */
  readonly size: number
  readonly least: number
  readonly season: number | undefined
  readonly horizon: number
}

/** Where all rows would be test rows: how many these are and why, and a number that would do. */
function noneLeft({ name, rows, size, least, season, horizon }: Short): RondoError {
  const wanted =
    size >= 1
      ? `are to be test rows`
      : `are the least that are kept as test rows: ${season === undefined ? '' : `two seasons of ${count(season, 'row')} and `}a horizon of ${count(horizon, 'row')}`
  const fitting = Math.max(horizon, Math.round(rows / 5), 1)
  return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message: `${name} has ${count(rows, 'row')}, and ${size >= 1 ? size : least} ${wanted}.`,
    value: rows,
    place: { file: name },
    remedy:
      fitting < rows
        ? `Add rows, or say with \`test\` how many are to be kept, such as ${fitting}.`
        : 'Add rows, or use a shorter horizon.',
  })
}

function tooFew(name: string, what: string, rows: number): RondoError {
  return new RondoError('RONDO_DATA_TOO_FEW_ROWS', {
    message: `${name} has ${what}.`,
    value: rows,
    place: { file: name },
    remedy: 'Add rows, or set a smaller `test`.',
  })
}
