import type { Params, ParamValue, Space } from '@rondo/core'

/**
 * The squared distance of two configurations: numbers on their own scale, each range as long as the others; lists of
 * numbers by their place; anything else, and a hyperparameter that only one of the two has, is 0 or 1 apart.
 */
export function distanceIn(space: Space): (a: Params, b: Params) => number {
  const places = space.names.map((name) => ({ name, place: placeIn(space, name) }))
  return (a, b) => {
    let sum = 0
    for (const { name, place } of places) {
      const [own, other] = [a[name], b[name]]
      if (own === other) continue
      sum += own === undefined || other === undefined ? 1 : place ? (place(own) - place(other)) ** 2 : 1
    }
    return sum
  }
}

function placeIn(space: Space, name: string): ((value: ParamValue) => number) | undefined {
  const range = space.get(name)
  if (range.type === 'int' || range.type === 'float') {
    const { low, high, log } = range
    if (log === true) return (v) => Math.log((v as number) / low) / Math.log(high / low)
    return (v) => ((v as number) - low) / (high - low)
  }
  if (range.type !== 'choice' || range.values.some((v) => typeof v !== 'number')) return undefined
  const ascending = (range.values as readonly number[]).toSorted((x, y) => x - y)
  return (v) => ascending.indexOf(v as number) / Math.max(1, ascending.length - 1)
}
