import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest, root } from './packages.ts'
import { install, npm } from './run-command.ts'

/** The example of a package that is none of ours. */
const EXAMPLE = join(root, 'examples/plugin-search')

/**
 * Does what the author of a search strategy does, outside the repository: installs core and the testkit, builds, tests
 * and packs. None of it may bring tfjs.
 *
 * @param tarballs Paths by the names of our packages.
 * @returns The path of the plugin's tarball.
 */
export function authorPlugin(folder: string, tarballs: ReadonlyMap<string, string>): string {
  cpSync(EXAMPLE, folder, {
    recursive: true,
    filter: (from) => !/[\\/](node_modules|dist)$/.test(from),
  })
  const manifest = readManifest(EXAMPLE)
  const ours = (dependencies: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [
        name,
        name.startsWith('@rondo/') ? `file:${tarballs.get(name)}` : range,
      ]),
    )
  const local = { ...manifest, devDependencies: ours(manifest.devDependencies) }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(local, null, 2))
  install(folder)
  if (existsSync(join(folder, 'node_modules/@tensorflow'))) {
    throw new Error('Installing core and the testkit has brought tfjs along.')
  }
  npm(folder, 'run', 'build')
  npm(folder, 'test')
  // What is published has the manifest as it is in the example.
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  npm(folder, 'pack', '--ignore-scripts')
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!)
}
