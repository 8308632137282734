import { askPlugin, pluginOf } from '../composition/ask-plugin.ts'
import { MODEL_BUILDER, type ModelBuilder } from '../contracts/model-builder.ts'
import type { PriorMean } from '../contracts/prior-mean.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { ComposedStudy } from './compose-study.ts'

/**
 * What the model builder of a study expects of the params of its space; `undefined` where there is no builder, or where
 * it expects nothing. It is asked about the untuned default at once, so that a broken one does not wait for the first
 * suggestion.
 *
 * @returns A function that throws RONDO_PLUGIN_FAILED, as this does, where the builder throws or answers no number.
 */
export function priorMeanOf({ composition, space }: ComposedStudy): PriorMean | undefined {
  if (!composition.has(MODEL_BUILDER)) return undefined
  const builder = composition.resolve(MODEL_BUILDER)
  const when = 'it was asked what it expects of the params of the space'
  const priorMean = askPlugin(builder, { when }, () => builder.priorMean?.(space))
  if (priorMean === undefined) return undefined
  if (typeof priorMean !== 'function')
    throw wrong(builder, `gave ${show(priorMean)} for a function of params`, priorMean)
  const checked: PriorMean = (params, fidelity) => {
    const expected = askPlugin(builder, { when: `it was asked what it expects of ${show(params)}` }, () =>
      priorMean(params, fidelity),
    )
    if (Number.isFinite(expected)) return expected
    throw wrong(
      builder,
      `expects ${show(expected)} of ${show(params)} at a fidelity of ${fidelity}`,
      expected,
    )
  }
  const untuned = space.defaults()
  if (untuned !== undefined) checked(Object.freeze(untuned), 1)
  return checked
}

function wrong(builder: ModelBuilder, did: string, value: unknown): RondoError {
  const plugin = pluginOf(builder)
  return new RondoError('RONDO_PLUGIN_FAILED', {
    message: `The model builder “${builder.name}” ${did}.`,
    value: show(value),
    place: { field: 'priorMean', ...(plugin === undefined ? {} : { plugin }) },
    remedy:
      'Let `priorMean(space)` return a function of params and fidelity to a finite number, or leave it out.',
  })
}

const show = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'function'
    ? String(value)
    : (JSON.stringify(value) ?? String(value))
