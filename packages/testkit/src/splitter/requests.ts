import { deriveRng, type SplitRequest } from '@rondo/core'

/** A request with a name for messages. Made anew at each call: arrays cannot be frozen, and generators advance. */
export interface NamedRequest {
  readonly title: string
  make(): SplitRequest
}

interface Shape {
  readonly title: string
  readonly rows: number
  readonly horizon: number
  readonly window: number
  readonly sequential: boolean
  readonly classes?: number
  readonly series?: number
  /** Leaves out every such target row, as for missing values. */
  readonly without?: (row: number) => boolean
}

const shapes: readonly Shape[] = [
  { title: 'one series, horizon 1', rows: 400, horizon: 1, window: 10, sequential: true },
  { title: 'one series, horizon 12', rows: 600, horizon: 12, window: 28, sequential: true },
  {
    title: 'one series with gaps',
    rows: 600,
    horizon: 3,
    window: 14,
    sequential: true,
    without: (row) => row % 7 === 3 || (row > 200 && row < 230),
  },
  { title: 'three series', rows: 900, horizon: 2, window: 10, sequential: true, series: 3 },
  { title: 'one series of two classes', rows: 400, horizon: 1, window: 10, sequential: true, classes: 2 },
  { title: 'independent sequences', rows: 200, horizon: 1, window: 1, sequential: false },
  {
    title: 'independent sequences of three classes',
    rows: 240,
    horizon: 1,
    window: 1,
    sequential: false,
    classes: 3,
  },
]

/** Requests that a splitter may refuse as not its kind, but not all of them. */
export const requests: readonly NamedRequest[] = shapes.map(named)

/** The same kinds with far too few rows. */
export const scarceRequests: readonly NamedRequest[] = [0, 1, 2, 3, 5].flatMap((targets) =>
  [true, false].map((sequential) =>
    named({
      title: `${targets} ${sequential ? 'rows of a series' : 'sequences'}`,
      rows: sequential ? targets + 10 : targets,
      horizon: 1,
      window: sequential ? 10 : 1,
      sequential,
      ...(sequential ? {} : { classes: 2 }),
    }),
  ),
)

function named(shape: Shape): NamedRequest {
  const { title, rows, horizon, window, sequential, classes, series, without = () => false } = shape
  const perSeries = series === undefined ? rows : rows / series
  const isTarget = (row: number): boolean =>
    !without(row) &&
    (!sequential || row % perSeries >= window + horizon - 1 || (series === undefined && row >= window))
  return {
    title,
    make() {
      const targets = Int32Array.from({ length: rows }, (_, row) => row).filter(isTarget)
      const rng = deriveRng({ seed: 3, purpose: 'labels' })
      return {
        targets,
        horizon,
        sequential,
        window,
        ...(classes === undefined ? {} : { labels: targets.map(() => rng.integer(0, classes - 1)) }),
        ...(series === undefined ? {} : { groups: targets.map((row) => Math.floor(row / perSeries)) }),
        rng: deriveRng({ seed: 7, purpose: 'split' }),
      }
    },
  }
}
