import type { JsonObject } from '@rondo/core'
import type { GateTelemetry } from '../step/train-step.ts'

/** How far a gate opened at the end of an epoch of a fold. */
export interface GateReading extends GateTelemetry {
  readonly fold: number
  /** From 1. */
  readonly epoch: number
}

/** For each fold, layer and gate, epoch after epoch: where they stood at last (`gates`), and how they came there. */
export function summarizeGates(readings: readonly GateReading[]): JsonObject {
  const byGate = [...Map.groupBy(readings, ({ fold, layer, gate }) => `${fold}/${layer}/${gate}`).values()]
  return {
    gates: byGate.map((curve) => {
      const { epoch: _, ...last } = curve.at(-1)!
      return { ...last }
    }),
    gateCurves: byGate.map((curve) => {
      const { fold, layer, gate } = curve[0]!
      return {
        ...{ fold, layer, gate },
        epochs: curve.map(({ epoch }) => epoch),
        mean: curve.map(({ mean }) => rounded(mean)),
        closed: curve.map(({ closed }) => rounded(closed)),
        open: curve.map(({ open }) => rounded(open)),
      }
    }),
  }
}

/** Four digits behind the point are more than the sample tells, and a log holds many curves. */
const rounded = (share: number): number => Math.round(share * 1e4) / 1e4
