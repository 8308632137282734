import type { Plan } from './plan.ts'
import { type Frame, seriesOf } from './series/frame.ts'

/** Below this share a class is rare: accuracy then says little, and average precision is what to rank by. */
const RARE = 0.1

/** A plan whose positive class is the rare one, where there is one. */
export interface PreferredClass {
  readonly plan: Plan
  readonly frame: Frame
  readonly isRare: boolean
}

/**
 * Makes a rare one of two classes the positive one, by the rows that are not test rows, unless the user has chosen it.
 * Of a sequence its last row counts.
 */
export function preferRare(
  frame: Frame,
  plan: Plan,
  isTest: Uint8Array,
  isChosen: boolean,
  reasons: string[],
): PreferredClass {
  const { classes, targets } = plan
  if (classes?.length !== 2) return { plan, frame, isRare: false }
  const labels = frame.targets.get(targets[0]!)!
  const counts = [0, 0]
  const count = (row: number) => {
    const label = labels[row]!
    if (isTest[row] === 0 && !Number.isNaN(label)) counts[label]!++
  }
  if (plan.sequences) for (const { to } of seriesOf(frame)) count(to - 1)
  else for (let row = 0; row < frame.rows; row++) count(row)
  const shares = counts.map((each) => each / (counts[0]! + counts[1]!))
  const rare = shares.findIndex((share) => share < RARE)
  if (rare < 0 || (isChosen && rare === 0)) return { plan, frame, isRare: false }
  reasons.push(
    `positive: “${classes[rare]}”, as ${(100 * shares[rare]!).toPrecision(2)} % of the rows have it; rank by average precision`,
  )
  if (rare === 1) return { plan, frame, isRare: true }
  const flipped = new Map([[targets[0]!, labels.map((label) => 1 - label)]])
  return {
    plan: { ...plan, classes: [classes[1]!, classes[0]!] },
    frame: { ...frame, targets: flipped },
    isRare: true,
  }
}
