import { existsSync, statfsSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { machineClock } from '@rondo/core'
import { hasRelaxedSimd, peakGflops, standaloneHost } from '@rondo/kernels'
import { writeError } from '@rondo/store-sqlite'
import { openStore } from '../study/stores.ts'
import { count } from '../terminal/quantities.ts'
import { removeQuietly } from '../terminal/write-whole.ts'
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
/** Bytes below which the checkpoints of a long study may not fit. */
const SCARCE_DISK = 256 * MIB

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
      const bits = host.wide ? 256 : 128
      return {
        state: 'ok',
        says: `the ${host.build} build on vectors of ${bits} bits, ${gflops.toFixed(1)} GFLOP/s on one core`,
      }
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
  const says = `${mebibytes(freemem())} of ${mebibytes(totalmem())} MiB free`
  return freemem() < SCARCE_MEMORY
    ? { state: 'note', says: `${says}; train with --workers 1` }
    : { state: 'ok', says }
}

const mebibytes = (bytes: number): string => Math.round(bytes / MIB).toLocaleString('en-US')

/** The folder itself, or the nearest one above it that is there. */
const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(dirname(folder))

/** Permissions alone don't tell: a disk may be full, or read-only. */
function tryToWrite(folder: string): void {
  const file = join(folder, `.rondo-doctor-${process.pid}`)
  try {
    writeFileSync(file, new Uint8Array(64 * 1024))
  } catch (error) {
    throw writeError(error, { file: folder })
  } finally {
    removeQuietly(file)
  }
}

function studiesFolder(studies: string): Finding {
  const folder = resolve(studies)
  tryToWrite(nearestFolder(folder))
  const there = existsSync(folder) ? openStore(studies).list().length : 0
  const { bavail, bsize } = statfsSync(nearestFolder(folder))
  const free = bavail * bsize
  const says = `${folder} can be written to, ${mebibytes(free)} MiB free; ${count(there, 'study', 'studies')} there`
  return free < SCARCE_DISK
    ? { state: 'note', says: `${says}; a study may need more for its checkpoints` }
    : { state: 'ok', says }
}
