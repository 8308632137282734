import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

const births = readFileSync(
  fileURLToPath(new URL('../../../examples/births/births.csv', import.meta.url)),
  'utf8',
).split('\n')

/** The first days of the births, in a folder where a small study was tuned on 500 of them. */
async function tuned() {
  const cwd = folder()
  const file = (name: string, days: number, header = births[0]!) => {
    writeFileSync(join(cwd, name), `${[header, ...births.slice(1, days + 1)].join('\n')}\n`)
    return name
  }
  file('births.csv', 500)
  // The level of the births takes more updates to learn than two epochs of 500 days have.
  const sets = ['units=4..8', 'layers=1', 'batchSize=32', 'targetTransform=level', 'learningRate=0.003..0.01']
  const space = [...sets.flatMap((set) => ['--set', set]), '--window', '7']
  const limits = ['--trials', '2', '--epochs', '2', '--seed', '1', '--workers', '1']
  const first = await rondo(['tune', 'births.csv', '--target', 'births', ...space, ...limits], { cwd })
  if (first.code !== 0) throw new Error(first.stderr)
  const studies = () => readdirSync(join(cwd, 'studies')).sort()
  const retune = (...args: string[]) => rondo(['retune', 'births', ...args, '--json'], { cwd })
  return { cwd, file, studies, retune }
}

test('newer rows bring a better model into use, and what is not better leaves it there', async () => {
  const { cwd, file, studies, retune } = await tuned()
  const inUse = join(cwd, 'studies', 'births', 'in-use')

  // What cannot be is refused before anything is trained.
  for (const [name, code, words] of [
    ['births.csv', 2, 'RONDO_USAGE'],
    [file('other.csv', 900, 'date,boys'), 1, 'RONDO_DATA_COLUMN_MISSING'],
  ] as const) {
    const refused = await retune(name)
    expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(words)])
  }
  const planned = await retune(file('more.csv', 3000), '--dry-run')
  expect(planned.code).toBe(0)
  expect(jsonLines(planned.stdout).map(({ type }) => type)).toEqual(['retuning', 'plan'])
  expect(studies()).toEqual(['births'])

  // Two epochs over five times the rows are so much more training that the gain is beyond doubt.
  const won = await retune('more.csv')
  expect(won.stderr).toContain('The new model is in use.')
  const decided = jsonLines(won.stdout).at(-1)!
  expect(decided).toMatchObject({ type: 'retuned', study: 'births-2', shipped: true, model: inUse })
  const { challenger, incumbent, difference } = decided as unknown as {
    readonly challenger: number
    readonly incumbent: number
    readonly difference: { readonly value: number; readonly high: number }
  }
  expect(difference.value).toBeCloseTo(challenger - incumbent, 9)
  expect(difference.high).toBeLessThan(0)
  // The best params of before were tried again, after the untuned default.
  const params = jsonLines((await rondo(['best', 'births', '--json'], { cwd })).stdout)[0]!.params
  const shown = jsonLines((await rondo(['show', 'births-2', '--trial', '1', '--json'], { cwd })).stdout)[0]
  expect(shown).toMatchObject({ origin: 'enqueued', params })

  // It is a model of the new study, and what `births` predicts with.
  const shipped = realpathSync(inUse)
  expect(readFileSync(join(inUse, 'weights.bin'))).toEqual(
    readFileSync(join(cwd, 'studies', 'births-2', 'best', 'weights.bin')),
  )
  const predicted = async (model: string) => (await rondo(['predict', model, 'more.csv'], { cwd })).stdout
  expect(await predicted('births')).toBe(await predicted(join('studies', 'births-2', 'best')))
  expect(await predicted('births')).not.toBe(await predicted(join('studies', 'births', 'best')))

  // The same command again decides the same, opens no test row once more and begins nothing.
  const again = await retune('more.csv')
  expect(jsonLines(again.stdout)).toEqual([decided])
  expect(studies()).toEqual(['births', 'births-2'])

  // Of far fewer rows and one trial comes a model that is worse.
  const kept = await retune(file('few.csv', 600), '--trials', '1')
  const { shipped: replaced, difference: by } = jsonLines(kept.stdout).at(-1) as unknown as {
    readonly shipped: boolean
    readonly difference: { readonly high: number }
  }
  expect(by.high).toBeGreaterThan(0)
  expect(replaced).toBe(false)
  expect(kept.stderr).toContain('The model in use stays.')
  expect(realpathSync(inUse)).toBe(shipped)

  // The report of the new study sets the model in use beside the others.
  await rondo(['report', 'births-2'], { cwd })
  expect(readFileSync(join(cwd, 'births-2.html'), 'utf8')).toContain('model in use')
}, 240_000)
