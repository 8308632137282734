import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashFiles } from '../src/artifacts/hash-files.ts'
import { newFolder, openStore, startHolder } from './helpers.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('a writer that is killed while appending leaves whole batches, and the next goes on from there', async () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('a').close()
  let last = 0
  for (const ms of [30, 70, 110]) {
    const { kill } = await startHolder(directory, 'a', 'append')
    await pause(ms)
    await kill()
    const log = store.open('a', 'write')
    expect(log.seq).toBeGreaterThan(last)
    expect(log.seq % 2).toBe(0)
    last = log.seq
    const texts = [...log.read()].map(({ event }) => (event.type === 'note' ? event.text : ''))
    expect(texts).toEqual(Array.from({ length: last }, (_, i) => (i % 2 === 0 ? `${i}a` : `${i - 1}b`)))
    log.close()
  }
})

test('a writer that is killed while it publishes leaves a whole best, and nothing else once the study is opened', async () => {
  const directory = newFolder()
  const store = openStore(directory)
  store.create('a').close()
  for (const ms of [40, 90, 160]) {
    const { kill } = await startHolder(directory, 'a', 'artifacts')
    await pause(ms)
    await kill()
    const log = store.open('a', 'write')
    const names = readdirSync(join(directory, 'a')).filter((name) => name.startsWith('.tmp'))
    expect(names).toEqual([])
    const best = await shown(join(directory, 'a', 'best'))
    if (best !== undefined) {
      const files = await log.artifacts.read({ name: 'best', sha256: hashFiles(best) })
      expect(Object.keys(files).sort()).toEqual(['a.bin', 'b.bin'])
      // Both files are of the same version.
      expect(new Set([...files['a.bin']!, ...files['b.bin']!]).size).toBe(1)
    }
    log.close()
  }
})

async function shown(folder: string): Promise<{ [name: string]: Uint8Array } | undefined> {
  try {
    return {
      'a.bin': await readFile(join(folder, 'a.bin')),
      'b.bin': await readFile(join(folder, 'b.bin')),
    }
  } catch {
    return undefined
  }
}
