import {
  compose,
  deriveRng,
  type Fold,
  type Plugin,
  SPLITTER,
  type SplitRequest,
  type Splitter,
} from '@rondo/core'

/** A request for one series of `rows` rows, of which those that the window and the horizon need are no targets. */
export function seriesRequest(rows: number, horizon = 1, window = 5): SplitRequest {
  const first = window + horizon - 1
  return {
    targets: Int32Array.from({ length: rows - first }, (_, i) => first + i),
    horizon,
    window,
    sequential: true,
    rng: deriveRng({ seed: 1, purpose: 'split' }),
  }
}

/** A request for independent sequences, one target each. */
export function sequencesRequest(labels: readonly number[], seed = 1): SplitRequest {
  return {
    targets: Int32Array.from(labels, (_, i) => 10 * i + 9),
    horizon: 0,
    window: 10,
    sequential: false,
    labels: Int32Array.from(labels),
    rng: deriveRng({ seed, purpose: 'split' }),
  }
}

export const split = (plugin: Plugin<Splitter>, request: SplitRequest): readonly Fold[] =>
  compose([plugin]).resolve(SPLITTER).split(request)
