import { defaultLabel, type Params, type StudyState } from '@rondo/core'
import { number } from '../terminal/quantities.ts'
import { table } from '../terminal/table.ts'

/** The params of the best trial, beside those of the untuned default where that was tried. */
export function bestParamsTable(state: StudyState): string {
  const best = state.best!
  const untuned = state.trials.find(({ origin }) => origin === 'default')
  const compared = untuned !== undefined && untuned !== best ? untuned : undefined
  const names = [...new Set([...Object.keys(best.params), ...Object.keys(compared?.params ?? {})])]
  const rows = names.map((name) => [
    name,
    { right: shown(best.params, name) },
    ...(compared === undefined ? [] : [{ right: shown(compared.params, name) }]),
  ])
  return table(
    [
      'hyperparameter',
      { right: 'best' },
      ...(compared === undefined ? [] : [{ right: defaultLabel(state.spec) }]),
    ],
    rows,
  )
}

function shown(params: Params, name: string): string {
  const value = params[name]
  if (value === undefined) return '–'
  return typeof value === 'number' ? number(value) : String(value)
}
