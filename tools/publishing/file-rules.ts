import type { PackedPackage } from './packages.ts'

/** What every package has beside its code. */
const REQUIRED = ['package.json', 'README.md', 'LICENSE']

/** What may be in a tarball besides; everything else is there by mistake. */
const EXPECTED = [/^src\/.+\.(ts|mts)$/, /^dist\/.+\.(js|d\.ts)(\.map)?$/, /^CHANGELOG\.md$/]

/** What only one package has. */
const SPECIAL: { readonly [name: string]: readonly string[] } = {
  rondo: ['bin/rondo.js', 'bin/start.js'],
  '@rondo/kernels': ['wasm/simd.wasm', 'wasm/relaxed.wasm'],
}

/** What is wrong with a package as it would be published, as sentences. Empty: nothing. */
export function packageBreaches({ name, manifest, files }: PackedPackage): readonly string[] {
  const required = [...REQUIRED, ...(SPECIAL[name] ?? [])]
  const missing = required.filter((file) => !files.includes(file)).map((file) => `${name} lacks ${file}`)
  const strays = files
    .filter((file) => !required.includes(file) && !EXPECTED.some((pattern) => pattern.test(file)))
    .map((file) => `${name} holds ${file}, which nobody needs`)
  const fields = [
    ...(manifest.license === 'MIT' ? [] : [`${name} does not say that its licence is MIT`]),
    ...(manifest.engines?.node === '>=24' ? [] : [`${name} does not say that it needs Node 24`]),
  ]
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter(([, range]) => /^(file:|link:|workspace:|\*$)/.test(range))
    .map(([dependency, range]) => `${name} depends on ${dependency} by “${range}”`)
  return [...missing, ...strays, ...fields, ...ranges]
}

/** Sources of a built package without their JavaScript or types. */
export function unbuilt({ name, files }: PackedPackage): readonly string[] {
  const there = new Set(files)
  return files
    .filter((file) => /^src\/.+(?<!\.d)\.ts$/.test(file))
    .flatMap((file) => {
      const stem = file.replace(/^src\//, 'dist/').replace(/\.ts$/, '')
      return [`${stem}.js`, `${stem}.d.ts`].filter((built) => !there.has(built))
    })
    .map((built) => `${name} lacks ${built}`)
}
