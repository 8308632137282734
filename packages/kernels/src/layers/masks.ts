import type { Address } from '../kernels.ts'
import { dropThreshold, keepScale, MASK_USES } from '../random/dropout-mask.ts'
import type { Pass, Planner } from './plan.ts'

/**
 * Writes the mask of a layer for this pass: `[batch, steps, columns]` in the order of its elements, stored `[steps,
 * batch, stride]` with the padding 0. `scratch` holds `batch·steps·columns` floats.
 */
export function drawMask(
  planner: Planner,
  pass: Pass,
  layer: number,
  use: keyof typeof MASK_USES,
  rate: number,
  shape: { readonly steps: number; readonly columns: number; readonly stride: number },
  to: Address,
  scratch: Address,
): void {
  const { kernels, seed, fold } = planner
  const { steps, columns, stride } = shape
  const inPlace = steps === 1 && columns === stride
  kernels.dropoutMask(
    seed,
    fold,
    pass.step,
    layer,
    MASK_USES[use],
    pass.batch * steps * columns,
    dropThreshold(rate),
    keepScale(rate),
    inPlace ? to : scratch,
  )
  if (!inPlace) kernels.toTimeMajor(pass.batch, steps, columns, stride, scratch, to)
}
