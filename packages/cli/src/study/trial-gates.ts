import type { LoggedEvent } from '@rondo/core'
import { number } from '../terminal/quantities.ts'
import { sparkline } from '../terminal/sparkline.ts'
import { type Cell, table } from '../terminal/table.ts'

/** How far a gate of an LSTM layer opened, epoch after epoch, as the trainer's summary of a leg tells it. */
export interface GateCurve {
  readonly fold: number
  /** The layer's place in the model. */
  readonly layer: number
  readonly gate: string
  readonly epochs: readonly number[]
  /** Of all values of an epoch, in [0, 1]. */
  readonly mean: readonly number[]
  /** Shares of the values below .05 and above .95. */
  readonly closed: readonly number[]
  readonly open: readonly number[]
}

/** The curves of a trial, those of its legs joined; none where its trainer reads no gates. */
export function gateCurves(ends: readonly LoggedEvent[], trial: number): readonly GateCurve[] {
  const all = ends.flatMap(({ event }): readonly GateCurve[] => {
    if (event.type !== 'leg.ended' || event.trial !== trial) return []
    const curves = event.summary?.gateCurves
    return Array.isArray(curves) ? (curves as unknown as readonly GateCurve[]) : []
  })
  const byGate = Map.groupBy(all, ({ fold, layer, gate }) => `${fold}/${layer}/${gate}`)
  return [...byGate.values()].map(([first, ...later]) => later.reduce(joined, first!))
}

/** A leg that began again from the params, as its checkpoint was dropped, has the epochs before it once more. */
function joined(before: GateCurve, after: GateCurve): GateCurve {
  const first = after.epochs[0] ?? Number.POSITIVE_INFINITY
  const kept = before.epochs.filter((epoch) => epoch < first).length
  const join = (part: 'epochs' | 'mean' | 'closed' | 'open'): readonly number[] => [
    ...before[part].slice(0, kept),
    ...after[part],
  ]
  return { ...before, epochs: join('epochs'), mean: join('mean'), closed: join('closed'), open: join('open') }
}

/** The most columns of a curve. */
const CURVE = 40

/** The gates of the first fold, a line each: their mean by epoch, and how much of them is stuck at the end. */
export function gateLines(curves: readonly GateCurve[], columns: number): readonly string[] {
  const shown = curves.filter(({ fold }) => fold === curves[0]?.fold)
  if (shown.length === 0) return []
  const layers = [...new Set(shown.map(({ layer }) => layer))].sort((a, b) => a - b)
  const folds = new Set(curves.map(({ fold }) => fold)).size
  const width = Math.max(8, Math.min(CURVE, columns - 52))
  const rows = shown.map(({ layer, gate, mean, closed, open }): readonly Cell[] => [
    `layer ${layers.indexOf(layer) + 1} ${gate}`,
    { right: `${number(mean[0])} → ${number(mean.at(-1))}` },
    sparkline(mean, width),
    { right: percent(closed.at(-1)) },
    { right: percent(open.at(-1)) },
  ])
  const name = folds > 1 ? 'gate, first fold' : 'gate'
  const head: readonly Cell[] = [name, { right: 'mean by epoch' }, '', { right: 'shut' }, { right: 'open' }]
  return ['', ...table(head, rows).split('\n')]
}

const percent = (share = Number.NaN): string => `${Math.round(100 * share)} %`
