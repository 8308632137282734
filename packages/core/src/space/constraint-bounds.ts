import { operands } from './constraints.ts'
import type { Constraint, Params, Term } from './hyperparameter.ts'

/** The least and the largest number that a term can be. */
export type Bounds = readonly [least: number, largest: number]

/** Some hyperparameters have got their values; others, not yet. */
export interface PartialParams {
  readonly params: Params
  /** Whether it has been decided what the value is, or that there is none. */
  isDecided(name: string): boolean
  /** The bounds of one that is not decided; `undefined` where it may come to have no value. */
  boundsOf(name: string): Bounds | undefined
}

/**
 * Whether a constraint is violated whatever the undecided become. Rounding is monotone, so bounds computed in the order
 * of the terms hold for the terms as computed; with all decided this is the negation of `holds`.
 */
export function isExcluded({ atMost: [left, right] }: Constraint, partial: PartialParams): boolean {
  const l = boundsOfTerm(left, partial)
  const r = boundsOfTerm(right, partial)
  return l !== undefined && r !== undefined && l[0] > r[1]
}

function boundsOfTerm(term: Term, partial: PartialParams): Bounds | undefined {
  if (typeof term === 'number') return [term, term]
  if (typeof term === 'string') {
    if (!partial.isDecided(term)) return partial.boundsOf(term)
    const value = Object.hasOwn(partial.params, term) ? partial.params[term] : undefined
    return typeof value === 'number' ? [value, value] : undefined
  }
  const [kind, terms] = operands(term)
  let total: Bounds = kind === 'sum' ? [0, 0] : [1, 1]
  for (const operand of terms) {
    const bounds = boundsOfTerm(operand, partial)
    if (bounds === undefined) return undefined
    total = kind === 'sum' ? [total[0] + bounds[0], total[1] + bounds[1]] : times(total, bounds)
  }
  return total
}

function times([a, b]: Bounds, [c, d]: Bounds): Bounds {
  const corners = [a * c, a * d, b * c, b * d]
  return [Math.min(...corners), Math.max(...corners)]
}
