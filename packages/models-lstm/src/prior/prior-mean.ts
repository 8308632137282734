import type { PriorMean, SpaceDefinition } from '@rondo/core'
import { type LstmOptions, readHyperparameters } from '../hyperparameters.ts'
import { COEFFICIENTS } from './coefficients.ts'
import { type DataDefaults, FEATURES, TERMS, writeFeatures, writeTerms } from './features.ts'

/**
 * What 2,200 configurations on eight series have taught of LSTMs (`bench/curves`, decision 015): a polynomial of their
 * hyperparameters, fitted to the places of their values. What it does not know of (cells, heads, losses) changes nothing.
 *
 * @param space A study's: the untuned window and form of the target are what suits its data.
 * @param options Values for hyperparameters that a study's space leaves out.
 */
export function priorMeanOf(
  space: SpaceDefinition,
  options: LstmOptions,
  coefficients: readonly number[] = COEFFICIENTS,
): PriorMean {
  const defaults = dataDefaultsOf(space)
  const base = readHyperparameters({}, options)
  const features = new Float64Array(FEATURES)
  const terms = new Float64Array(TERMS)
  return (params, fidelity) => {
    writeFeatures(params, base, defaults, fidelity, features)
    writeTerms(features, terms)
    let expected = 0
    for (let i = 0; i < TERMS; i++) expected += coefficients[i]! * terms[i]!
    return expected
  }
}

/** The window and the form of the target that a space has for its data. */
export function dataDefaultsOf({ window, targetTransform }: SpaceDefinition): DataDefaults {
  const [steps, form] = [defaultOf(window), defaultOf(targetTransform)]
  return {
    ...(typeof steps === 'number' && { window: steps }),
    ...(typeof form === 'string' && { targetTransform: form }),
  }
}

const defaultOf = (hyperparameter: SpaceDefinition[string] | undefined): unknown =>
  hyperparameter !== undefined && 'default' in hyperparameter ? hyperparameter.default : undefined
