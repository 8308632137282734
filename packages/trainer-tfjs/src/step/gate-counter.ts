import type { WatchGates } from './recurrent-layer.ts'
import type { GateName, GateTelemetry } from './train-step.ts'

/** Counts the values of gates as a pass goes by. */
export interface GateCounter {
  /** What looks at the LSTM at a place. */
  watch(place: number): WatchGates
  readings(): readonly GateTelemetry[]
}

interface Count {
  sum: number
  closed: number
  open: number
  all: number
}

const GATES: readonly GateName[] = ['input', 'forget', 'output']

/** Beyond a sequence's end nothing counts. */
export function gateCounter(): GateCounter {
  const counts = new Map<number, { readonly [gate in GateName]: Count }>()
  const countsAt = (place: number): { readonly [gate in GateName]: Count } => {
    const zero = (): Count => ({ sum: 0, closed: 0, open: 0, all: 0 })
    const known = counts.get(place) ?? { input: zero(), forget: zero(), output: zero() }
    counts.set(place, known)
    return known
  }
  return {
    watch: (place) => (gates, present) => {
      const has = present?.dataSync()
      for (const gate of GATES) {
        const units = gates[gate].shape[1]!
        const values = gates[gate].dataSync()
        add(countsAt(place)[gate], values, (i) => has === undefined || has[Math.floor(i / units)] === 1)
      }
    },
    readings: () =>
      [...counts].flatMap(([layer, byGate]) =>
        GATES.map((gate) => {
          const { sum, closed, open, all } = byGate[gate]
          return { layer, gate, mean: sum / all, closed: closed / all, open: open / all }
        }),
      ),
  }
}

function add(count: Count, values: ArrayLike<number>, counts: (i: number) => boolean): void {
  for (let i = 0; i < values.length; i++) {
    if (!counts(i)) continue
    const value = values[i]!
    count.sum += value
    count.all++
    if (value < 0.05) count.closed++
    if (value > 0.95) count.open++
  }
}
