import type { ErrorPlace, RondoError } from '@rondo/core'
import { nearPath } from '../terminal/near-path.ts'
import type { Output } from '../terminal/output.ts'
import { labelled } from '../terminal/wrap.ts'

const LABEL = 9

/**
 * An error as a person reads it: what, where, which value, what to do. A stack only for errors that are bugs, where it
 * is the one thing that helps.
 */
export function renderError(
  error: RondoError,
  { columns, style }: Pick<Output, 'columns' | 'style'>,
): string {
  const width = Math.min(columns, 110)
  const row = (label: string, text: string): string =>
    labelled(`  ${label}`, text, LABEL, width).replace(label, style('dim', label))
  const lines = [`${style(['red', 'bold'], 'error')} ${style('bold', error.code)}`]
  lines.push(labelled('', error.message, 2, width))
  const place = placeInWords(error.place)
  if (place !== '') lines.push(row('at', place))
  if (error.value !== undefined) lines.push(row('value', shortened(JSON.stringify(error.value))))
  lines.push(row('fix', error.remedy))
  const stack = stackWorthShowing(error)
  if (stack !== undefined) lines.push(style('dim', stack))
  return lines.join('\n')
}

/** `births.csv:17, column births`; empty where the place says nothing. */
function placeInWords(place: ErrorPlace): string {
  const { file, row, column, param, field, study, trial, plugin } = place
  const parts: string[] = []
  if (file !== undefined) parts.push(nearPath(file) + (row === undefined ? '' : `:${row}`))
  else if (row !== undefined) parts.push(`row ${row}`)
  if (column !== undefined) parts.push(`column ${column}`)
  if (field !== undefined) parts.push(field)
  if (param !== undefined) parts.push(`hyperparameter ${param}`)
  if (plugin !== undefined) parts.push(`plugin ${plugin}`)
  if (study !== undefined) parts.push(`study ${study}`)
  if (trial !== undefined) parts.push(`trial ${trial}`)
  return parts.join(', ')
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

function stackWorthShowing({ code, cause, stack }: RondoError): string | undefined {
  if (code !== 'RONDO_INTERNAL' && code !== 'RONDO_PLUGIN_FAILED') return undefined
  const source = cause instanceof Error ? cause.stack : stack
  return source?.split('\n').slice(1).join('\n')
}
