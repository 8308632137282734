/**
 * Milliseconds for one training update, ours and others', taking turns so that a busy machine is busy for all. PyTorch
 * and Keras take part where python3 has them.
 *
 *   node --conditions=rondo-source bench/training-step/main.ts [--rounds 7] [--only 32,64] [--no-tfjs]
 */
import { parseArgs } from 'node:util'
import { peakGflops, standaloneHost } from '@rondo/kernels'
import type { Peer, PeerKind } from './peer.ts'
import { compiled } from './peers/compiled.ts'
import { python, pythonHas } from './peers/python.ts'
import { flops, SIZES, type Size } from './sizes.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    'no-tfjs': { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const sizes = SIZES.filter(({ units }) => !values.only || values.only.split(',').includes(String(units)))

/** About how long one round of a peer lasts, ms. */
const ROUND_MS = 250

interface Timing {
  readonly best: number
  readonly median: number
  readonly worst: number
}

async function time(peer: Peer, updates: number): Promise<number> {
  const start = performance.now()
  for (let n = 0; n < updates; n++) await peer.update()
  return (performance.now() - start) / updates
}

async function race(kinds: readonly PeerKind[], size: Size): Promise<Timing[]> {
  const runners: { peer: Peer; updates: number; times: number[] }[] = []
  for (const kind of kinds) {
    const peer = await kind.make(size)
    // Compiled code is replaced by optimised code while it warms up.
    const warm = performance.now()
    let updates = 0
    while (updates < 3 || performance.now() - warm < 2 * ROUND_MS) {
      await peer.update()
      updates++
    }
    const each = await time(peer, 1)
    runners.push({ peer, updates: Math.max(1, Math.round(ROUND_MS / each)), times: [] })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { peer, updates, times } of runners) times.push(await time(peer, updates))
  }
  return runners.map(({ peer, times }) => {
    peer.dispose()
    const sorted = times.toSorted((a, b) => a - b)
    const pick = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
    return { best: pick(0), median: pick(0.5), worst: pick(1) }
  })
}

const kinds: PeerKind[] = [compiled('fast'), compiled('portable')]
if (!values['no-tfjs']) {
  const { tfjs, tfjsPatched } = await import('./peers/tfjs.ts')
  kinds.push(tfjsPatched, tfjs)
}
if (pythonHas('torch')) kinds.push(python('PyTorch', 'torch'))
if (pythonHas('keras')) kinds.push(python('Keras', 'keras'))

const peak = peakGflops(await standaloneHost(), () => performance.now())
console.log(`Node ${process.version}; matrix product alone ${peak.toFixed(1)} GFLOP/s (fast)`)
console.log('median ms (best–worst) of', rounds, 'rounds\n')
const cell = (text: string, width: number) => text.padEnd(width)
console.log(
  cell('batch, steps, features, units', 31) +
    kinds.map((kind) => cell(kind.name, 25)).join('') +
    'GFLOP/s  of floor  × tfjs',
)
for (const size of sizes) {
  const timings = await race(kinds, size)
  const ours = timings[0] as Timing
  const theirs = timings[kinds.findIndex(({ name }) => name === 'tfjs wasm')]
  const gflops = flops(size) / ours.median / 1e6
  console.log(
    cell(`${size.batch}, ${size.steps}, ${size.features}, ${size.units}`, 31) +
      timings
        .map(({ best, median, worst }) =>
          cell(`${median.toFixed(2)} (${best.toFixed(2)}–${worst.toFixed(2)})`, 25),
        )
        .join('') +
      cell(gflops.toFixed(1), 9) +
      cell((gflops / peak).toFixed(2), 10) +
      (theirs ? (theirs.median / ours.median).toFixed(1) : ''),
  )
}
