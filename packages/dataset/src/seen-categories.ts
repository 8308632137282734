import type { InputColumn, Plan } from './plan.ts'
import type { Frame } from './series/frame.ts'

/** Inputs of the categories that the development rows have. */
export interface SeenCategories {
  readonly plan: Plan
  readonly sets: ReadonlyMap<string, readonly InputColumn[]>
  readonly frame: Frame
}

/**
 * Leaves out the inputs of categories that stand in test rows alone: there is nothing to learn about them, and trials
 * would see that they exist. Test rows that have one have none of the inputs.
 */
export function keepSeenCategories(
  plan: Plan,
  sets: ReadonlyMap<string, readonly InputColumn[]>,
  frame: Frame,
  isTest: Uint8Array,
  reasons: string[],
): SeenCategories {
  const renumbered = new Map<string, Int32Array>()
  const changed = new Map<string, readonly string[]>()
  for (const input of plan.inputs) {
    if (input.kind !== 'category' || changed.has(input.name)) continue
    const codes = frame.categories.get(input.name)!
    const isSeen = new Uint8Array(input.values.length)
    for (let row = 0; row < frame.rows; row++)
      if (isTest[row] === 0 && codes[row]! >= 0) isSeen[codes[row]!] = 1
    if (!isSeen.includes(0)) continue
    const unseen = input.values.filter((_, code) => isSeen[code] === 0)
    reasons.push(`left out: ${input.name}=${unseen.join(`, ${input.name}=`)}, in test rows alone`)
    const numbers = isSeen.map((_, code) => isSeen.subarray(0, code).reduce((sum, seen) => sum + seen, 0))
    renumbered.set(
      input.name,
      codes.map((code) => (code < 0 || isSeen[code] === 0 ? -1 : numbers[code]!)),
    )
    changed.set(
      input.name,
      input.values.filter((_, code) => isSeen[code] === 1),
    )
  }
  if (changed.size === 0) return { plan, sets, frame }
  const kept = (input: InputColumn): InputColumn => {
    const values = input.kind === 'category' ? changed.get(input.name) : undefined
    return input.kind === 'category' && values !== undefined ? { ...input, values } : input
  }
  return {
    plan: { ...plan, inputs: plan.inputs.map(kept) },
    sets: new Map([...sets].map(([name, inputs]) => [name, inputs.map(kept)])),
    frame: { ...frame, categories: new Map([...frame.categories, ...renumbered]) },
  }
}
