import type { Params, SpaceDefinition } from '@rondo/core'
import { number } from './quantities.ts'

/** `units 64, learningRate 0.003`: what varies in the space; everything where nothing does. */
export function paramsInWords(params: Params, space: SpaceDefinition): string {
  const all = Object.entries(params)
  const tuned = all.filter(([name]) => space[name]?.type !== 'fixed')
  return (tuned.length > 0 ? tuned : all)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? number(value) : value}`)
    .join(', ')
}
