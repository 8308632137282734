// Compiles assembly/ into wasm/: `simd` (the same bits on every CPU), `relaxed` (fused multiply-add where the CPU has
// one) and `checked` (every access to memory looked up; for tests). Does nothing when the output is newer than its
// sources, so it can stand before every script.
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
// biome-ignore lint/correctness/noUndeclaredDependencies: a tool of the workspace, as typescript is
import { main } from 'assemblyscript/asc'
import { assertEmbeddable } from './assert-embeddable.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const outputs = join(root, 'wasm')

const builds = {
  simd: ['--enable', 'simd', '--use', 'CHECKED=0'],
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd', '--use', 'CHECKED=0'],
  checked: ['--enable', 'simd', '--use', 'CHECKED=1'],
}

const sources = (await readdir(join(root, 'assembly'), { recursive: true }))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(root, 'assembly', name))
sources.push(fileURLToPath(import.meta.url))

const modified = async (path) => (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs
const newestSource = Math.max(...(await Promise.all(sources.map(modified))))

await mkdir(outputs, { recursive: true })
for (const [name, options] of Object.entries(builds)) {
  const target = join(outputs, `${name}.wasm`)
  if ((await modified(target)) > newestSource) continue
  const files = new Map()
  const { error, stderr } = await main(
    [
      'assembly/index.ts',
      ...options,
      ...['--baseDir', root, '--runtime', 'stub', '--importMemory', '--noExportMemory', '-O3', '--converge'],
      ...['--outFile', 'module.wasm', '--textFile', 'module.wat'],
    ],
    { writeFile: (file, contents) => void files.set(file, contents) },
  )
  if (error) {
    console.error(String(stderr))
    throw error
  }
  const binary = files.get('module.wasm')
  assertEmbeddable(name, binary, files.get('module.wat'))
  // Aside first: a test that starts meanwhile never sees half a module.
  const aside = `${target}.${process.pid}`
  await writeFile(aside, binary)
  await rename(aside, target)
  console.log(`${name}.wasm ${binary.length} bytes`)
}
