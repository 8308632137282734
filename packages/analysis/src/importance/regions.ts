import type { Dimension } from './dimension.ts'

/** For each dimension 1 for the cells that belong to it. */
export type Box = readonly Uint8Array[]

/** A part of the space in which the same hyperparameters are active. */
export interface Region {
  readonly box: Box
  /** For each dimension. */
  readonly active: readonly boolean[]
}

/** Divides a space by which of its conditional hyperparameters are active. */
export function regionsOf(dimensions: readonly Dimension[]): readonly Region[] {
  let regions: Region[] = [{ box: dimensions.map(({ count }) => new Uint8Array(count).fill(1)), active: [] }]
  for (const dimension of dimensions) regions = regions.flatMap((region) => divide(region, dimension))
  return regions
}

function divide(region: Region, { conditions }: Dimension): Region[] {
  const done: Region[] = []
  let { box } = region
  for (const { parent, accepted } of conditions) {
    // Whose parent is not active isn't, either.
    if (!region.active[parent]) return [...done, { box, active: [...region.active, false] }]
    const outside = intersect(box[parent]!, accepted, 0)
    const inside = intersect(box[parent]!, accepted, 1)
    if (outside.includes(1)) {
      done.push({ box: withCells(box, parent, outside), active: [...region.active, false] })
    }
    if (!inside.includes(1)) return done
    box = withCells(box, parent, inside)
  }
  return [...done, { box, active: [...region.active, true] }]
}

const intersect = (own: Uint8Array, accepted: Uint8Array, wanted: 0 | 1): Uint8Array =>
  own.map((inBox, cell) => (inBox === 1 && accepted[cell] === wanted ? 1 : 0))

/** The box with other cells in one dimension. */
export const withCells = (box: Box, dimension: number, cells: Uint8Array): Box =>
  box.map((own, i) => (i === dimension ? cells : own))
