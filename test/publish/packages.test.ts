import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, test } from 'vitest'
import { packageBreaches, unbuilt } from '../../tools/publishing/file-rules.ts'
import { type PackedPackage, packAll, readManifest, root } from '../../tools/publishing/packages.ts'

// `npm run check:publishing` does the same with built packages, installs them and works with them.
const packed = packAll()
const kernels = packed.find(({ name }) => name === '@rondo/kernels')!

describe.each(packed.map((each) => [each.name, each] as const))('%s', (_, each) => {
  test('would be published with what it needs and nothing else', () => {
    expect(packageBreaches(each)).toEqual([])
  })

  test('has exports that publint finds nothing wrong with', async () => {
    const { messages, pkg } = await publint({
      pack: { files: builtFiles(each) },
      pkgDir: 'package',
      strict: true,
    })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })
})

test('all packages have one version, and depend on one another by it', () => {
  const versions = new Map(packed.map(({ name, manifest }) => [name, manifest.version]))
  expect(new Set(versions.values()).size).toBe(1)
  for (const { manifest } of packed) {
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (versions.has(name)) expect(range, `${manifest.name} → ${name}`).toBe(`^${versions.get(name)}`)
    }
  }
  // Another author's package asks for what is published now; it is raised by hand with a release.
  const example = readManifest(join(root, 'examples/plugin-search'))
  expect(example.peerDependencies).toEqual({ '@rondo/core': `^${versions.get('@rondo/core')}` })
})

test('a package without its WebAssembly is told of', () => {
  const files = kernels.files.filter((file) => !file.endsWith('.wasm'))
  expect(packageBreaches({ ...kernels, files })).toEqual([
    '@rondo/kernels lacks wasm/simd.wasm',
    '@rondo/kernels lacks wasm/relaxed.wasm',
  ])
})

test('tests, build records and dependencies on folders are told of', () => {
  const files = [...kernels.files, 'test/lstm.test.ts', 'dist/.tsbuildinfo']
  const manifest = { ...kernels.manifest, dependencies: { '@rondo/core': 'file:../core' } }
  expect(packageBreaches({ ...kernels, files, manifest })).toEqual([
    '@rondo/kernels holds test/lstm.test.ts, which nobody needs',
    '@rondo/kernels holds dist/.tsbuildinfo, which nobody needs',
    '@rondo/kernels depends on @rondo/core by “file:../core”',
  ])
})

test('a source without its JavaScript or its types is told of', () => {
  const files = ['src/index.ts', 'src/a/b.ts', 'dist/index.js', 'dist/index.d.ts', 'dist/a/b.js']
  expect(unbuilt({ ...kernels, files })).toEqual(['@rondo/kernels lacks dist/a/b.d.ts'])
})

test('publint misses an entry that is not in the tarball', async () => {
  const files = builtFiles(kernels).filter(({ name }) => name !== 'package/dist/index.js')
  const { messages } = await publint({ pack: { files }, pkgDir: 'package', strict: true })
  expect(messages.map(({ code }) => code)).toContain('FILE_DOES_NOT_EXIST')
})

/** The files of a tarball as they would be after a build, types left empty. */
function builtFiles({ folder, files }: PackedPackage): { readonly name: string; readonly data: string }[] {
  const present = files.filter((file) => !file.startsWith('dist/') && existsSync(join(folder, file)))
  return present.flatMap((file) => {
    const data = readFileSync(join(folder, file), 'utf8')
    const own = { name: `package/${file}`, data }
    if (!/^src\/.+\.ts$/.test(file)) return [own]
    const built = `package/${file.replace(/^src/, 'dist').replace(/\.ts$/, '')}`
    return [
      own,
      { name: `${built}.js`, data: stripTypeScriptTypes(data) },
      { name: `${built}.d.ts`, data: 'export {}\n' },
    ]
  })
}
