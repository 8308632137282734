/** The course of a scheduled value over training. */
export type CurveKind = 'constant' | 'linear' | 'cosine' | 'exponential'

/**
 * The value at `progress` (0 at the beginning of training, 1 at its end) on the way from `from` to `to`.
 * `constant` stays at `from`; `cosine` is the half wave of Loshchilov and Hutter (2017, eq. 5);
 * `exponential` falls by the same factor in the same time and needs both ends above 0.
 */
export function curveAt(kind: CurveKind, from: number, to: number, progress: number): number {
  const p = Math.min(1, Math.max(0, progress))
  switch (kind) {
    case 'constant':
      return from
    case 'linear':
      return from + (to - from) * p
    case 'cosine':
      return to + ((from - to) * (1 + Math.cos(Math.PI * p))) / 2
    case 'exponential':
      return from * (to / from) ** p
  }
}
