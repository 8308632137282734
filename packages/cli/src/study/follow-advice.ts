import type { Advice } from '@rondo/analysis'
import { type Hyperparameter, type ParamValue, RondoError, type StudyState } from '@rondo/core'
import { optionOf } from '../flags/param-options.ts'
import { completeParams } from './manual-params.ts'
import { nextCommand } from './next-command.ts'

/** The trial that an advice is about. */
export interface AdvisedTrial {
  readonly study: string
  readonly trial: number
  /** The folder of studies that it is in; absent where they are not kept on disk. */
  readonly studies?: string | undefined
}

/** What follows an advice. */
interface Following {
  readonly command: string
  /** Whether the study does not allow it, so that the command begins another. */
  readonly outside: boolean
}

/** The command that does what an advice says, in another study where this one does not allow it. */
export function followAdvice(
  { tryNext }: Advice,
  { space, trials, fullBudget }: StudyState,
  { study, trial, studies }: AdvisedTrial,
): Following | undefined {
  const record = trials[trial]
  if (tryNext === undefined || record === undefined) return undefined
  const { param, value } = tryNext
  const inside = (...words: readonly string[]): Following => ({
    command: nextCommand(words, studies),
    outside: false,
  })
  const outside = (...options: readonly string[]): Following => ({
    command: nextCommand(['tune', study, ...options], studies),
    outside: true,
  })
  if (param === 'epochs' && !space.names.includes(param)) {
    const goesOn =
      record.checkpoint !== undefined && record.state !== 'failed' && Number(value) <= fullBudget.epochs
    if (goesOn) return inside('extend', study, `${trial}`, '--epochs', `${value}`)
    if (Number(value) <= fullBudget.epochs) return undefined
    const varying = space.names.filter((name) => space.get(name).type !== 'fixed').join(',')
    if (varying === '') return undefined
    return outside('--tune', varying, '--epochs', `${value}`, '--study', `${study}-longer`)
  }
  try {
    completeParams(space, record.params, { [param]: value })
  } catch (error) {
    if (!(error instanceof RondoError)) throw error
    const wider = space.names.includes(param) ? widened(space.get(param), value) : undefined
    return wider === undefined ? undefined : outside('--tune', param, '--set', `${param}=${wider}`)
  }
  return inside('train', study, '--from', `${trial}`, ...optionOf(param, value))
}

/** Values with one more among them, as --set takes them; `undefined` where it is among them already. */
function widened(parameter: Hyperparameter, value: ParamValue): string | undefined {
  switch (parameter.type) {
    case 'int':
    case 'float': {
      const { low, high, log } = parameter
      const number = Number(value)
      if (number >= low && number <= high) return undefined
      const [from, to] = [Math.min(low, number), Math.max(high, number)]
      // With whole ends alone it would be read as a range of integers.
      const point = parameter.type === 'float' && Number.isInteger(from) && Number.isInteger(to) ? '.0' : ''
      return `${from}${point}..${to}${log === true ? ':log' : ''}`
    }
    case 'choice':
      return parameter.values.includes(value) ? undefined : [...parameter.values, value].join(',')
    case 'fixed':
      return parameter.value === value ? undefined : `${parameter.value},${value}`
    case 'boolean':
      return undefined
  }
}
