import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packageBreaches, unbuilt } from './file-rules.ts'
import { type PackedPackage, root } from './packages.ts'
import { runCommand } from './run-command.ts'

/**
 * Checks tarballs: their files, their manifests (publint), and that TypeScript finds their types however it resolves
 * modules (attw; Rondo's packages are ES modules only).
 *
 * @throws naming everything that is wrong.
 */
export async function lintTarballs(packed: readonly PackedPackage[], tarballs: string): Promise<void> {
  const breaches: string[] = []
  for (const each of packed) {
    const tarball = join(tarballs, each.filename)
    breaches.push(...packageBreaches(each), ...unbuilt(each))
    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
      strict: true,
    })
    breaches.push(...messages.map((message) => `${each.name}: ${formatMessage(message, pkg)}`))
    try {
      runCommand(root, 'attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color'])
    } catch (error) {
      breaches.push(`${each.name}: ${(error as Error).message}`)
    }
  }
  if (breaches.length > 0) throw new Error(breaches.join('\n'))
}
