import { defineSpace, deriveRng, float } from '@rondo/core'
import { expect, it } from 'vitest'
import { encodingOf } from '../src/encoding/encoding.ts'
import { surrogateOf } from '../src/surrogate.ts'
import { SimulatedStudy } from './support/simulated-study.ts'

it('keeps the best of many rows, however well they were expected', () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) })
  const encoding = encodingOf(space)
  const study = new SimulatedStudy(space, { trials: 400 })
  const rng = deriveRng({ seed: 1, purpose: 'draw' })
  const losses = new Map<number, number>()
  for (let i = 0; i < 400; i++) {
    const number = study.start(space.sample(rng))
    losses.set(number, Number(study.trials[number]!.params.x) + 0.1 * rng.normal())
    study.finish(number, losses.get(number)!)
  }
  const surrogate = surrogateOf({
    space,
    encoding,
    objective: study.objective,
    history: study,
    refit: { rng, trial: 400 },
    priorMean: ({ x }) => 3 * (0.5 - Number(x)),
  })!
  const { x, y } = surrogate.posteriors[0]!.rows
  expect(y).toHaveLength(300)
  const kept = new Set(Array.from(y, (_, i) => `${x[2 * i]}/${x[2 * i + 1]}`))
  const best = study.trials.toSorted((a, b) => losses.get(a.number)! - losses.get(b.number)!).slice(0, 100)
  for (const { params } of best) {
    const features = new Float64Array(2)
    encoding.encode(params, features)
    expect(kept.has(`${features[0]}/${features[1]}`)).toBe(true)
  }
})
