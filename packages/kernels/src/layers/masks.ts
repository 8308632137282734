import type { Address } from '../kernels.ts'
import { dropThreshold, keepScale, MASK_USES } from '../random/dropout-mask.ts'
import type { Pass, Planner } from './plan.ts'

/** Writes the mask of a layer for this pass: `[batch, steps, columns]`, stored `[steps, batch, stride]`. */
export function drawMask(
  planner: Planner,
  pass: Pass,
  layer: number,
  use: keyof typeof MASK_USES,
  rate: number,
  shape: { readonly steps: number; readonly columns: number; readonly stride: number },
  to: Address,
): void {
  planner.kernels.dropoutMask(
    planner.seed,
    planner.fold,
    pass.step,
    layer,
    MASK_USES[use],
    pass.batch,
    shape.steps,
    shape.columns,
    dropThreshold(rate),
    keepScale(rate),
    to,
    shape.stride,
  )
}
