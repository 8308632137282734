import type { ParamValue, When } from './hyperparameter.ts'

/** One part of a condition: whether the value of `parent` lets the hyperparameter be active. */
export interface Condition {
  readonly parent: string
  readonly accepts: (value: ParamValue) => boolean
  /** Accepted numbers as closed ranges, for counting over ranges too long to be listed. */
  readonly ranges: readonly (readonly [min: number, max: number])[]
}

/** The parts of a condition, all of which must hold. */
export function conditionsOf(when: When | undefined): readonly Condition[] {
  return Object.entries(when ?? {}).map(([parent, allowed]) => {
    if (isRange(allowed)) {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = allowed
      return {
        parent,
        accepts: (value) => typeof value === 'number' && min <= value && value <= max,
        ranges: [[min, max]],
      }
    }
    const values: readonly ParamValue[] = Array.isArray(allowed) ? allowed : [allowed as ParamValue]
    return {
      parent,
      accepts: (value) => values.includes(value),
      ranges: values.filter((value) => typeof value === 'number').map((value) => [value, value] as const),
    }
  })
}

/** Whether a condition's part gives a range. */
export function isRange(allowed: When[string]): allowed is { readonly min?: number; readonly max?: number } {
  return typeof allowed === 'object' && !Array.isArray(allowed)
}

/**
 * Names with each after those that its condition refers to, otherwise in the given order.
 *
 * @param onCycle Is told the names of a circle, in order; must throw.
 */
export function topologicalOrder(
  names: readonly string[],
  parentsOf: (name: string) => readonly string[],
  onCycle: (circle: readonly string[]) => never,
): readonly string[] {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (name: string): void => {
    if (done.has(name)) return
    const start = path.indexOf(name)
    if (start >= 0) onCycle(path.slice(start))
    path.push(name)
    for (const parent of parentsOf(name)) visit(parent)
    path.pop()
    done.add(name)
  }
  for (const name of names) visit(name)
  return [...done]
}
