import { expect, test } from 'vitest'
import { folder } from './support/folder.ts'
import { rondo } from './support/rondo.ts'

const CONFIG = `
import { boolean, choice, defineConfig, float, functionTrainer, int, minimize, random } from 'rondo'

export default defineConfig({
  name: 'planned',
  space: {
    layers: int(1, 3),
    rate: float(0.001, 0.1, { log: true }),
    shuffle: boolean(),
    optimizer: choice(['adam', 'sgd', 'rmsprop']),
    second: int(8, 64, { when: { layers: { min: 2 } } }),
    last: int(8, 64, { when: { layers: { min: 2, max: 3 }, shuffle: true } }),
    flat: int(8, 64, { when: { layers: { max: 1 } } }),
    momentum: float(0, 0.9, { when: { optimizer: ['sgd', 'rmsprop'] } }),
  },
  objective: minimize('value'),
  trainer: functionTrainer(() => 0),
  search: random(),
  trials: 3,
})
`

test('a dry run tells every default that the first trial takes, and conditions in words', async () => {
  const { stdout } = await rondo(['tune', '--dry-run'], { cwd: folder({ 'rondo.config.ts': CONFIG }) })
  expect(stdout).toMatch(/^limits +3 trials$/m)
  expect(stdout).toMatch(/^layers +1 … 3 +2$/m)
  expect(stdout).toMatch(/^rate +0\.001 … 0\.1, log +0\.01$/m)
  expect(stdout).toMatch(/^shuffle +true, false +false$/m)
  expect(stdout).toMatch(/^optimizer +adam, sgd, rmsprop +adam$/m)
  expect(stdout).toMatch(/^second +8 … 64 +36 +when layers is 2 or more$/m)
  expect(stdout).toMatch(/^last +8 … 64 +36 +when layers is 2 … 3 and shuffle is true$/m)
  expect(stdout).toMatch(/^flat +8 … 64 +36 +when layers is 1 or less$/m)
  expect(stdout).toMatch(/^momentum +0 … 0\.9 +0\.45 +when optimizer is sgd or rmsprop$/m)
})
