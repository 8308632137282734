import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { type KernelHost, standaloneHost, tfjsHost } from '../src/index.ts'
import { trialIn } from './support/growth.ts'
import { startTfjs } from './support/tfjs.ts'

const TRIALS = 200

const hosts: readonly [string, () => Promise<KernelHost>][] = [
  ['a memory of its own', () => standaloneHost()],
  [
    'the memory of tfjs',
    async () => {
      await startTfjs()
      return tfjsHost(tf.backend())
    },
  ],
]

/** Runs trials, up to `live` of them at a time. All in bytes. */
function runTrials(host: KernelHost, live: number): { total: number; needed: number; grown: number } {
  const start = host.memory.buffer.byteLength
  const running: ReturnType<typeof trialIn>[] = []
  let total = 0
  let needed = 0
  for (let trial = 0; trial < TRIALS; trial++) {
    // Not the oldest always: gaps open between trials that go on.
    if (running.length === live) running.splice((trial * 5) % live, 1)[0]?.dispose()
    const begun = trialIn(host, trial)
    running.push(begun)
    total += begun.bytes
    needed = Math.max(
      needed,
      running.reduce((sum, { bytes }) => sum + bytes, 0),
    )
  }
  for (const trial of running) trial.dispose()
  return { total, needed, grown: host.memory.buffer.byteLength - start }
}

describe.each(hosts)('two hundred trials of sizes up and down, in %s,', (_name, make) => {
  test('one at a time take hardly more room than the largest', async () => {
    const { total, needed, grown } = runTrials(await make(), 1)
    expect(total).toBeGreaterThan(20 * needed)
    expect(grown).toBeLessThan(1.1 * needed)
  })

  test('three at a time take hardly more room than three at most need', async () => {
    const { total, needed, grown } = runTrials(await make(), 3)
    expect(total).toBeGreaterThan(20 * needed)
    expect(grown).toBeLessThan(1.4 * needed)
  })
})
