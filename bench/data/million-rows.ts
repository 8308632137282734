// How long a million rows of eight columns take to load, and what memory windows of different lengths need.
// node --expose-gc --conditions=rondo-source bench/data/million-rows.ts [rows]
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { compose, DATASET, deriveRng } from '@rondo/core'
import { csv } from '@rondo/dataset'

const ROWS = Number(process.argv[2] ?? 1_000_000)
const COLUMNS = 8
const folder = mkdtempSync(join(tmpdir(), 'rondo-bench-'))
const plain = join(folder, 'rows.csv')
const packed = join(folder, 'rows.csv.gz')

function* lines(): Generator<string> {
  const rng = deriveRng({ seed: 1, purpose: 'rows' })
  yield `time,${Array.from({ length: COLUMNS }, (_, i) => `x${i}`).join(',')}\n`
  for (let row = 0; row < ROWS; row++) {
    const time = new Date(60_000 * row).toISOString()
    const values = Array.from({ length: COLUMNS }, () => rng.normal().toFixed(4))
    yield `${time},${values.join(',')}\n`
  }
}

const megabytes = (): number => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}
const say = (what: string, seconds: number, mb: number): void =>
  console.log(`${what.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s ${mb.toFixed(0).padStart(6)} MB`)

try {
  await pipeline(Readable.from(lines()), createWriteStream(plain))
  writeFileSync(packed, gzipSync(readFileSync(plain), { level: 1 }))
  console.log(
    `${ROWS.toLocaleString('en-US')} rows, ${(statSync(plain).size / 2 ** 20).toFixed(0)} MB of CSV`,
  )
  for (const [what, file] of [
    ['load, plain', plain],
    ['load, gzip', packed],
  ] as const) {
    const before = megabytes()
    const began = performance.now()
    const dataset = await compose([csv(file, { target: 'x0' })])
      .resolve(DATASET)
      .load()
    say(what, (performance.now() - began) / 1000, megabytes() - before)
    if (file === packed) continue
    for (const window of [16, 64, 256]) {
      const held = megabytes()
      const start = performance.now()
      const view = dataset.development()
      const { targets } = view.targets(256)
      const at = Math.floor(0.8 * targets.length)
      const fold = view.prepare({ train: targets.slice(0, at), validation: targets.slice(at) }, { window })
      const seconds = (performance.now() - start) / 1000
      const own = megabytes() - held
      say(`a fold of windows of ${window}`, seconds, own)
      if (fold.window !== window) throw new Error('Another window was prepared.')
    }
  }
  console.log(`most memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
} finally {
  rmSync(folder, { recursive: true })
}
