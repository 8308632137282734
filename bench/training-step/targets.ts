/** What the compiled step is to reach, as ratios in one run on one machine with one thread, by units. */
export interface Target {
  /** The peer whose time is divided by the compiled step's. */
  readonly peer: string
  readonly byUnits: { readonly [units: number]: number }
}

export const TARGETS: readonly Target[] = [
  { peer: 'tfjs', byUnits: { 32: 40, 64: 20, 128: 18, 256: 22 } },
  { peer: 'Keras', byUnits: { 32: 8, 64: 2, 128: 0.9, 256: 0.8 } },
  { peer: 'PyTorch', byUnits: { 32: 2, 64: 1.2, 128: 0.75, 256: 0.6 } },
]

/** Share of the machine's peak, as `peakGflops` measures it. */
export const FLOOR_TARGET: { readonly [units: number]: number } = { 32: 0.6, 64: 0.8, 128: 0.85, 256: 0.85 }
