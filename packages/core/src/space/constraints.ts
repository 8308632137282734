import type { Constraint, Params, Term } from './hyperparameter.ts'

/** The inequality left ≤ right: `atMost(product('units', 'layers'), 512)`. */
export const atMost = (left: Term, right: Term): Constraint => ({ atMost: [left, right] })

/** The sum of numbers, hyperparameters (by name) and other terms. */
export const sum = (...terms: readonly Term[]): Term => ({ sum: terms })

/** The product of numbers, hyperparameters (by name) and other terms. */
export const product = (...terms: readonly Term[]): Term => ({ product: terms })

/** Whether a constraint holds; it does where a hyperparameter that it names has no value. */
export function holds({ atMost: [left, right] }: Constraint, params: Params): boolean {
  const l = evaluate(left, params)
  const r = evaluate(right, params)
  return l === undefined || r === undefined || l <= r
}

/** The names in a term, with the path to each below the term: `['units', 'product[0]']`. */
export function namesIn(term: Term, path = ''): readonly (readonly [name: string, path: string])[] {
  if (typeof term === 'number') return []
  if (typeof term === 'string') return [[term, path]]
  const [kind, terms] = operands(term)
  return terms.flatMap((t, i) => namesIn(t, `${path}.${kind}[${i}]`))
}

function evaluate(term: Term, params: Params): number | undefined {
  if (typeof term === 'number') return term
  if (typeof term === 'string') {
    const value = Object.hasOwn(params, term) ? params[term] : undefined
    return typeof value === 'number' ? value : undefined
  }
  const [kind, terms] = operands(term)
  let total = kind === 'sum' ? 0 : 1
  for (const operand of terms) {
    const value = evaluate(operand, params)
    if (value === undefined) return undefined
    total = kind === 'sum' ? total + value : total * value
  }
  return total
}

/** What a compound term does with what. */
export function operands(
  term: Exclude<Term, number | string>,
): readonly ['sum' | 'product', readonly Term[]] {
  return 'sum' in term ? ['sum', term.sum] : ['product', term.product]
}
