import { accessSync, constants, existsSync } from 'node:fs'
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { machineClock } from '@rondo/core'
import { hasRelaxedSimd, peakGflops, standaloneHost } from '@rondo/kernels'
import { openStore } from '../study/stores.ts'
import { count } from '../terminal/quantities.ts'
import { trainSmallModel } from './train-small-model.ts'
import { hasSimd } from './wasm-features.ts'

/** What a check has found: in order, worth knowing, or in the way. */
export interface Finding {
  readonly state: 'ok' | 'note' | 'bad'
  readonly says: string
}

interface Check {
  readonly name: string
  readonly look: (studies: string) => Finding | Promise<Finding>
}

const MIB = 2 ** 20
/** Bytes below which a worker for each core may not fit. */
const SCARCE_MEMORY = 1024 * MIB

/** What Rondo needs of a machine, the cheapest first. */
export const CHECKS: readonly Check[] = [
  {
    name: 'Node',
    look: () => ({ state: 'ok', says: `${process.versions.node} on ${platform()} ${arch()}` }),
  },
  {
    name: 'processor',
    look: () => ({
      state: 'ok',
      says: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${count(availableParallelism(), 'worker')} by default`,
    }),
  },
  { name: 'memory', look: memory },
  {
    name: 'WASM SIMD',
    look: () =>
      hasSimd()
        ? { state: 'ok', says: hasRelaxedSimd() ? 'with fused multiply-add' : 'without fused multiply-add' }
        : { state: 'bad', says: 'missing; models cannot be trained in this Node' },
  },
  {
    name: 'kernels',
    look: async () => {
      const host = await standaloneHost()
      const gflops = peakGflops(host, () => machineClock.monotonic())
      return { state: 'ok', says: `the ${host.build} build, ${gflops.toFixed(1)} GFLOP/s on one core` }
    },
  },
  { name: 'studies', look: studiesFolder },
  {
    name: 'training',
    look: async () => {
      const { ms, epochs } = await trainSmallModel()
      return {
        state: 'ok',
        says: `a small LSTM on made-up rows: ${count(epochs, 'epoch')} in ${Math.round(ms)} ms`,
      }
    },
  },
]

function memory(): Finding {
  const says = `${Math.round(freemem() / MIB).toLocaleString('en-US')} of ${Math.round(totalmem() / MIB).toLocaleString('en-US')} MiB free`
  return freemem() < SCARCE_MEMORY
    ? { state: 'note', says: `${says}; train with --workers 1` }
    : { state: 'ok', says }
}

function studiesFolder(studies: string): Finding {
  const folder = resolve(studies)
  const nearest = existsSync(folder) ? folder : dirname(folder)
  accessSync(nearest, constants.W_OK)
  const there = existsSync(folder) ? openStore(studies).list().length : 0
  return { state: 'ok', says: `${folder} can be written to; ${count(there, 'study', 'studies')} there` }
}
