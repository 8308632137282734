/**
 * What a process that trains on US births takes beyond one that has only started tfjs: the highest resident memory of
 * each, in processes of their own.
 *
 *   node --conditions=rondo-source bench/memory/main.ts [--repeats 3]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { flagsOf } from '../flags.ts'

const values = flagsOf(import.meta.url, { repeats: { type: 'string', default: '3' } })
const child = fileURLToPath(new URL('worker.ts', import.meta.url))

/** The highest resident memory of a process, MB, the least of a few: others' pages are not counted twice. */
function highest(...args: string[]): number {
  const runs = Array.from({ length: Number(values.repeats) }, () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=rondo-source', child, ...args],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(stderr)
    return Number(stdout.trim().split('\n').at(-1)) / 1e6
  })
  return Math.min(...runs)
}

const tfjs = highest('tfjs')
console.log(`tfjs started, one prediction: ${tfjs.toFixed(0)} MB`)
for (const [units, layers] of [
  ['32', '1'],
  ['64', '2'],
  ['128', '2'],
  ['256', '1'],
] as const) {
  const worker = highest('train', units, layers)
  console.log(
    `training, ${layers} × ${units} units: ${worker.toFixed(0)} MB, ${(worker - tfjs).toFixed(0)} beyond tfjs`,
  )
}
