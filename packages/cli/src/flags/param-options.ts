import type { Params, ParamValue } from '@rondo/core'
import { type Command, InvalidArgumentError } from 'commander'
import { plainValue } from './space-entry.ts'
import { wholeNumber } from './values.ts'

/** What commander makes of the options below. */
export interface ParamOptions {
  readonly units?: number
  readonly layers?: number
  readonly dropout?: number
  readonly learningRate?: number
  readonly batchSize?: number
  readonly optimizer?: string
  readonly window?: number
  readonly param?: readonly (readonly [string, ParamValue])[]
}

/** Hyperparameters that have an option of their own; their options have the same names. */
const OWN = ['layers', 'units', 'window', 'batchSize', 'optimizer', 'learningRate', 'dropout'] as const

/** Gives a command the options that choose the params of one trial. */
export function addParamOptions(command: Command): Command {
  return command
    .optionsGroup('Params (what is not given is the default, or as in --from):')
    .option('--layers <count>', 'LSTM layers', wholeNumber(1))
    .option('--units <count>', 'units of each layer', wholeNumber(1))
    .option('--window <steps>', 'steps that the model sees', wholeNumber(1))
    .option('--batch-size <count>', 'samples of an update', wholeNumber(1))
    .option('--optimizer <name>', 'adam, rmsprop, …')
    .option('--learning-rate <rate>', 'of the optimizer', rate)
    .option('--dropout <rate>', 'share of the inputs of each layer that is left out', rate)
    .option('--param <name=value>', 'any other hyperparameter of the space', collected)
}

/** The params that were chosen. */
export function chosenParams(options: ParamOptions): Params {
  const own = OWN.flatMap((name) => {
    const value = options[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries([...own, ...(options.param ?? [])])
}

/** The option that sets a param, as its words on a command line. */
export function optionOf(name: string, value: ParamValue): readonly string[] {
  const own = OWN.find((known) => known === name)
  if (own === undefined) return ['--param', `${name}=${value}`]
  return [`--${own.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value)]
}

function collected(
  text: string,
  before: readonly (readonly [string, ParamValue])[] = [],
): readonly (readonly [string, ParamValue])[] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('It must be name=value, such as recurrentDropout=0.1.')
  return [...before, [text.slice(0, equals).trim(), plainValue(text.slice(equals + 1).trim())]]
}

function rate(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new InvalidArgumentError('It must be a number of at least 0.')
}
