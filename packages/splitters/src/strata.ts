import type { Rng, SplitRequest } from '@rondo/core'

/** The places of the request's targets by class, each class shuffled; one class where there are no labels. */
export function shuffledStrata({ targets, labels, rng }: SplitRequest): readonly (readonly number[])[] {
  const strata = new Map<number, number[]>()
  for (let i = 0; i < targets.length; i++) {
    const label = labels?.[i] ?? 0
    const known = strata.get(label)
    if (known === undefined) strata.set(label, [i])
    else known.push(i)
  }
  const classes = [...strata.keys()].sort((a, b) => a - b)
  return classes.map((label) => shuffled(strata.get(label)!, rng))
}

function shuffled(items: readonly number[], rng: Rng): readonly number[] {
  return Array.from(rng.permutation(items.length), (i) => items[i]!)
}
