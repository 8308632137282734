/**
 * Milliseconds for one training update, ours and others', taking turns so that a busy machine is busy for all, and the
 * ratios with their targets. PyTorch and Keras take part where Python has them.
 *
 *   RONDO_PEERS_PYTHON=venv/bin/python node --conditions=rondo-source bench/training-step/main.ts [--rounds 9]
 *     [--only 32,64] [--no-tfjs] [--processor-time]
 */
import { peakGflops, standaloneHost } from '@rondo/kernels'
import { flagsOf } from '../flags.ts'
import type { PeerKind } from './peer.ts'
import { compiled } from './peers/compiled.ts'
import { missing, pythonPeer, versionOf } from './peers/python.ts'
import { type Clock, race, ratios, type Spread, spreadOf, type Times } from './race.ts'
import { flops, SIZES, type Size } from './sizes.ts'
import { FLOOR_TARGET, TARGETS } from './targets.ts'

const values = flagsOf(import.meta.url, {
  rounds: { type: 'string', default: '9' },
  only: { type: 'string', default: '' },
  'no-tfjs': { type: 'boolean', default: false },
  'processor-time': { type: 'boolean', default: false },
})
const rounds = Number(values.rounds)
const clock: Clock = values['processor-time'] ? 'processor' : 'wall'
const sizes = SIZES.filter(({ units }) => !values.only || values.only.split(',').includes(String(units)))

const kinds: PeerKind[] = [
  compiled('fast'),
  compiled('portable'),
  compiled('fast', { name: 'rmsprop' }),
  compiled('fast', { name: 'sgd' }),
]
if (!values['no-tfjs']) {
  const { tfjs, tfjsPatched } = await import('./peers/tfjs.ts')
  kinds.push(tfjsPatched, tfjs)
}
const host = await standaloneHost()
const measurePeak = () => peakGflops(host, () => performance.now())

console.log(`Node ${process.version}; matrix product alone ${measurePeak().toFixed(1)} GFLOP/s`)
for (const [name, module] of [
  ['PyTorch', 'torch'],
  ['Keras', 'keras'],
] as const) {
  const version = versionOf(module)
  console.log(version === undefined ? missing(name, module) : `${name} ${version}, one thread`)
  if (version !== undefined) kinds.push(pythonPeer(name, module))
}

const digits = (value: number): number => (value < 10 ? 2 : value < 100 ? 1 : 0)
const text = ({ least, median, most }: Spread): string =>
  `${median.toFixed(digits(median))} (${least.toFixed(digits(least))}–${most.toFixed(digits(most))})`
const line = (size: Size, cells: readonly string[]): void =>
  console.log(
    `${size.batch}, ${size.steps}, ${size.features}, ${size.units}`.padEnd(31) +
      cells.map((cell) => cell.padEnd(24)).join(''),
  )
const heading = (cells: readonly string[]): void =>
  console.log(
    `\n${'batch, steps, features, units'.padEnd(31)}${cells.map((cell) => cell.padEnd(24)).join('')}`,
  )

interface Result {
  readonly size: Size
  readonly times: readonly Times[]
  /** GFLOP/s, round by round. */
  readonly peaks: Times
}

console.log(
  `\nms per update${clock === 'wall' ? '' : ' (processor time)'}, median (least–most) of ${rounds} rounds`,
)
heading(kinds.map(({ name }) => name))
const results: Result[] = []
for (const size of sizes) {
  const peaks: number[] = []
  const times = await race(kinds, size, rounds, clock, () => void peaks.push(measurePeak()))
  results.push({ size, times, peaks })
  line(size, times.map(spreadOf).map(text))
}

const met = TARGETS.filter(({ peer }) => kinds.some(({ name }) => name === peer))
const against = (ratio: Spread, target: number): string =>
  `${text(ratio)} ${ratio.median < target ? '<' : '≥'} ${target}`
console.log('\ncompiled, fast: so many times as fast, round by round, against the target')
heading([...met.map(({ peer }) => peer), 'share of the peak', 'GFLOP/s'])
for (const { size, times, peaks } of results) {
  const [ours] = times as [Times]
  const speeds = ours.map((ms) => flops(size) / ms / 1e6)
  line(size, [
    ...met.map(({ peer, byUnits }) => {
      const theirs = times[kinds.findIndex(({ name }) => name === peer)] as Times
      return against(spreadOf(ratios(theirs, ours)), byUnits[size.units] as number)
    }),
    against(spreadOf(ratios(speeds, peaks)), FLOOR_TARGET[size.units] as number),
    text(spreadOf(speeds)),
  ])
}
