import { deriveRng } from '@rondo/core'
import { expect, test } from 'vitest'
import { folder } from './support/folder.ts'
import { jsonLines, rondo } from './support/rondo.ts'

/** Rows of a wave with noise of its own size: more than noise can be learned of it, and the noise by heart. */
function waves(rows: number, noise: number): string {
  const rng = deriveRng({ seed: 5, purpose: 'rows' })
  const lines = Array.from({ length: rows }, (_, i) => {
    const y = Math.sin(i / 3) + noise * rng.normal()
    return `${y.toFixed(4)},${rng.normal().toFixed(4)}`
  })
  return `y,x\n${lines.join('\n')}\n`
}

const SPACE = [
  'layers=1..2:default=1',
  'units=1..64:default=8',
  'learningRate=1e-6..1000:log:default=0.01',
  'optimizer=adam,sgd',
  'clipNorm=1,0',
  'forgetBias=-9..3:default=1',
  'inputBias=-9..9:default=0',
  'dropout=0..0.5:default=0',
].flatMap((entry) => ['--set', entry])

interface Piece {
  readonly rule: string
  readonly because: { readonly name: string; readonly value: number }
  readonly tryNext?: { readonly param: string; readonly value: number }
}

/** Trains for real and gives back what is advised, in its order. */
async function advised(csv: string, ...params: readonly string[]): Promise<readonly Piece[]> {
  const cwd = folder({ 'waves.csv': csv })
  const data = [
    '--target',
    'y',
    '--set',
    'window=6',
    '--set',
    'targetTransform=level',
    '--early-stopping',
    '0',
  ]
  const { stdout, stderr } = await rondo(['train', 'waves.csv', ...data, ...SPACE, ...params, '--json'], {
    cwd,
  })
  const { type, advice } = jsonLines(stdout).at(-1) as { readonly type?: string; readonly advice?: Piece[] }
  if (type !== 'trained' || advice === undefined) throw new Error(stderr)
  return advice
}

const find = (advice: readonly Piece[], rule: string): Piece | undefined =>
  advice.find((piece) => piece.rule === rule)

// The advice is tried on curves of every shape in packages/analysis; here it is given on trainings that really go wrong.

test('a training that overfits is told so, first the size, then the epochs, then dropout', async () => {
  const advice = await advised(waves(160, 1), '--units', '64', '--epochs', '60', '--learning-rate', '0.02')
  expect(advice.map(({ rule }) => rule).filter((rule) => rule !== 'batch size')).toEqual([
    'units',
    'epochs',
    'dropout',
  ])
  expect(find(advice, 'units')).toMatchObject({ tryNext: { param: 'units', value: 32 } })
  expect(find(advice, 'units')!.because.value).toBeGreaterThan(0.2)
  expect(find(advice, 'epochs')!.because.value).toBeGreaterThanOrEqual(8)
}, 60_000)

test('one that cannot learn more is told to grow, and one that still learns to go on', async () => {
  const tooSmall = await advised(waves(3000, 1), '--units', '1', '--epochs', '24', '--learning-rate', '0.02')
  expect(find(tooSmall, 'units')).toMatchObject({ tryNext: { param: 'units', value: 2 } })
  const tooShort = await advised(waves(400, 0.1), '--epochs', '8', '--learning-rate', '0.002')
  expect(find(tooShort, 'epochs')).toMatchObject({ tryNext: { param: 'epochs', value: 16 } })
}, 60_000)

test('one that creeps gets a higher learning rate, and one that diverges a lower one', async () => {
  const creeping = await advised(waves(400, 0.1), '--epochs', '8', '--learning-rate', '0.0003')
  expect(find(creeping, 'learning rate')).toMatchObject({ tryNext: { param: 'learningRate', value: 0.0009 } })
  const diverging = ['--optimizer', 'sgd', '--learning-rate', '1000', '--param', 'clipNorm=0']
  const [advice] = await advised(waves(400, 0.1), '--epochs', '8', ...diverging)
  expect(advice).toMatchObject({ rule: 'learning rate', tryNext: { param: 'learningRate', value: 100 } })
}, 60_000)

test('gates that are stuck are named with the number', async () => {
  const forgetting = await advised(waves(300, 0.1), '--epochs', '3', '--param', 'forgetBias=-6')
  expect(find(forgetting, 'gates')).toMatchObject({ tryNext: { param: 'forgetBias', value: -5 } })
  const stuck = find(await advised(waves(300, 0.1), '--epochs', '3', '--param', 'inputBias=8'), 'gates')
  expect(stuck?.because.name).toBe('saturation of the input gate')
  expect(stuck?.because.value).toBeGreaterThan(0.9)
}, 60_000)
