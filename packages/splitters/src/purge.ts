import type { SplitRequest } from '@rondo/core'
import { lowerBound } from './rows.ts'

/**
 * The train targets that may stand before a validation block: their last label lies at least `horizon + gap` rows
 * before the block's first target, so that no label row is on both sides.
 */
export function trainBefore(
  targets: Int32Array,
  firstValidation: number,
  request: Pick<SplitRequest, 'horizon'>,
  gap: number,
): Int32Array {
  const end = lowerBound(targets, firstValidation - request.horizon - gap + 1)
  return targets.slice(0, Math.min(end, lowerBound(targets, firstValidation)))
}

/**
 * The train targets that may stand after a validation block: even the oldest input row of the largest window lies
 * behind the block's last label, `gap` rows further on (the purging of López de Prado, 2018, chapter 7).
 */
export function trainAfter(
  targets: Int32Array,
  lastValidation: number,
  request: Pick<SplitRequest, 'horizon' | 'window'>,
  gap: number,
): Int32Array {
  return targets.slice(lowerBound(targets, lastValidation + request.horizon + request.window + gap))
}
