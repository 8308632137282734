import { boolean, choice, defineSpace, deriveRng, float, int, tune } from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { evolution } from '../src/index.ts'
import { mutate } from '../src/mutate.ts'

const space = {
  learningRate: float(1e-4, 1e-1, { log: true }),
  units: int(8, 512, { log: true }),
  optimizer: choice(['adam', 'rmsprop', 'sgd']),
  momentum: float(0, 1, { when: { optimizer: 'sgd' } }),
  dropout: float(0, 0.5),
}

/** Best at 3e-3, 100 units, sgd with momentum .9, dropout .2; there 0. */
const objective = ({
  learningRate,
  units,
  optimizer,
  momentum = 0,
  dropout,
}: {
  readonly learningRate: number
  readonly units: number
  readonly optimizer: string
  readonly momentum?: number
  readonly dropout: number
}): number =>
  Math.log10(learningRate / 3e-3) ** 2 +
  Math.log2(units / 100) ** 2 / 4 +
  (optimizer === 'sgd' ? (momentum - 0.9) ** 2 : 1) +
  (dropout - 0.2) ** 2

async function bestOf(population: number, seed: number): Promise<number> {
  const { best } = await tune({ space, objective, search: evolution({ population }), trials: 60, seed })
  return best!.value
}

test('comes nearer to the best than as many trials drawn at random', async () => {
  const gains: number[] = []
  for (let seed = 0; seed < 16; seed++) {
    // With a population as large as the study all trials are drawn at random.
    gains.push((await bestOf(60, seed)) - (await bestOf(12, seed)))
  }
  expect(gains.filter((gain) => gain > 0).length).toBeGreaterThanOrEqual(13)
})

test('gives the same trials for the same seed, and others for another', async () => {
  expect(await bestOf(12, 3)).toBe(await bestOf(12, 3))
  expect(await bestOf(12, 3)).not.toBe(await bestOf(12, 4))
})

test('an option that cannot be is refused before the first trial', async () => {
  await expect(bestOf(1, 0)).rejects.toMatchObject({ code: 'RONDO_OPTION_INVALID' })
})

describe('a child', () => {
  const checked = defineSpace({ ...space, bias: boolean() })
  const parent = {
    learningRate: 0.01,
    units: 64,
    optimizer: 'sgd',
    momentum: 0.5,
    dropout: 0.1,
    bias: true,
  }
  const children = Array.from({ length: 300 }, (_, i) =>
    mutate(checked, parent, deriveRng({ seed: i, purpose: 'test' })),
  )

  test('lies in the space', () => {
    for (const child of children) checked.validate(child)
  })

  test('differs from its parent in one hyperparameter and what depends on it', () => {
    const seen = new Set<string>()
    for (const child of children) {
      const differing = Object.keys(parent).filter(
        (name) => child[name] !== parent[name as keyof typeof parent],
      )
      // A change of the optimizer takes its momentum along; a small step of an integer may come to nothing.
      if (differing.includes('optimizer')) expect(differing).toEqual(['optimizer', 'momentum'])
      else expect(differing.length).toBeLessThanOrEqual(1)
      for (const name of differing) seen.add(name)
    }
    expect([...seen].sort()).toEqual(Object.keys(parent).sort())
  })
})
