import type { Hyperparameter, ParamValue } from '@rondo/core'
import { InvalidArgumentError } from 'commander'

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})((?::[a-z]+(?:=${NUMBER})?)*)$`, 'i')

/**
 * Reads one `--set`: `units=32..256:log`, `dropout=0..0.5:step=0.1`, `batchSize=16,32,64`, `optimizer=adam`,
 * `bias=true,false`. A range is of integers when both ends are written as such. A single value is fixed.
 */
export function spaceEntry(text: string): readonly [name: string, parameter: Hyperparameter] {
  const equals = text.indexOf('=')
  const name = text.slice(0, equals).trim()
  const values = text.slice(equals + 1).trim()
  if (equals < 1 || name === '' || values === '') {
    throw new InvalidArgumentError('It must be name=values, such as units=32..256:log or batchSize=16,32,64.')
  }
  return [name, range(values) ?? listed(values)]
}

function range(text: string): Hyperparameter | undefined {
  const match = RANGE.exec(text)
  if (match === null) {
    if (!text.includes('..')) return undefined
    throw new InvalidArgumentError(
      'A range must be two numbers, such as 32..256, 1e-4..0.1:log or 0..0.5:step=0.1.',
    )
  }
  const [, from = '', to = '', marks = ''] = match
  const whole = [from, to].every((end) => /^[-+]?\d+$/.test(end))
  return {
    type: whole ? 'int' : 'float',
    low: Number(from),
    high: Number(to),
    ...Object.assign({}, ...marks.split(':').slice(1).map(mark)),
  }
}

function mark(text: string): object {
  const [key, value] = text.split('=')
  if (key === 'log' && value === undefined) return { log: true }
  if ((key === 'step' || key === 'default') && value !== undefined) return { [key]: Number(value) }
  throw new InvalidArgumentError(`“:${text}” is not known; a range takes :log, :step=… and :default=….`)
}

function listed(text: string): Hyperparameter {
  const values = text.split(',').map((value) => plainValue(value.trim()))
  if (values.length === 1) return { type: 'fixed', value: values[0]! }
  const booleans = values.length === 2 && values.includes(true) && values.includes(false)
  return booleans ? { type: 'boolean', default: values[0] as boolean } : { type: 'choice', values }
}

/** A value as it is written: a number, true or false, else a text. */
export function plainValue(text: string): ParamValue {
  if (text === '') throw new InvalidArgumentError('A value is missing.')
  if (text === 'true' || text === 'false') return text === 'true'
  return new RegExp(`^${NUMBER}$`, 'i').test(text) ? Number(text) : text
}
