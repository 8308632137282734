import type { ParamValue } from '../space/hyperparameter.ts'

/**
 * Of which hyperparameters the trials of a study tell nothing, in a sentence.
 *
 * @param unvaried Each with what was tried of it: one value, several too near each other to tell apart, or none.
 */
export function unvariedInWords(
  unvaried: readonly { readonly name: string; readonly tried: readonly ParamValue[] }[],
  number: (value: number) => string,
): string {
  const listed = unvaried.map(({ name, tried }) => `${name} (${triedInWords(tried, number)})`).join(', ')
  return `Not varied by these trials, so that nobody knows whether they matter: ${listed}.`
}

/** `level`, `0.005 to 0.0052`, `never active`. */
function triedInWords(values: readonly ParamValue[], number: (value: number) => string): string {
  if (values.length === 0) return 'never active'
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length > 1) return `${number(Math.min(...numbers))} to ${number(Math.max(...numbers))}`
  return values.map((value) => (typeof value === 'number' ? number(value) : String(value))).join(', ')
}
