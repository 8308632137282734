import { defineSpace, float, int, type Params } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import { acquisitionOver } from '../../src/acquisition/acquisition.ts'
import { climb } from '../../src/acquisition/climb.ts'
import { type Landscape, meritsOf } from '../../src/acquisition/landscape.ts'
import { encodingOf } from '../../src/encoding/encoding.ts'
import { Posterior } from '../../src/gp/posterior.ts'
import { bayesOptions } from '../../src/options.ts'

const space = defineSpace({
  rate: float(1e-4, 1e-1, { log: true }),
  units: int(1, 1000),
  dropout: float(0, 1),
})
const encoding = encodingOf(space)
/** Two rows of value 0, far from everything by their length scales: the process itself says the same everywhere. */
const flat = new Posterior(
  { x: Float64Array.of(0, 0, 0, 1, 1, 1), y: Float64Array.of(0, 0), repeats: Float64Array.of(1, 1) },
  Float64Array.of(...[5, 5, 5], 0, -4),
  encoding.metric,
)
const bowl = ({ rate, units, dropout }: Params): number =>
  -((Math.log10(Number(rate)) + 2.5) ** 2) - (Number(units) / 500 - 1) ** 2 - (Number(dropout) - 0.3) ** 2

describe('a climb', () => {
  const landscape: Landscape = {
    encoding,
    models: [
      {
        posterior: flat,
        acquisition: acquisitionOver(0, bayesOptions.parse({ acquisition: 'ucb', kappa: 0 })),
      },
    ],
    trend: bowl,
    scale: 'score',
    allowed: () => true,
  }

  it('comes to the top of a trend, on ranges and on grids', () => {
    const [start] = meritsOf(landscape, [Float64Array.of(0.9, 0.1, 0.8)])
    const top = climb(landscape, start!)
    expect(bowl(top.params)).toBeGreaterThan(-0.02)
    expect(top.merit).toBeGreaterThan(start!.merit)
  })
})
