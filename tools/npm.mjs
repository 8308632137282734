// Runs the npm of this system in the root of the repository. Plain JavaScript: it runs on any Node from 18 up.
import { spawnSync } from 'node:child_process'
import { root } from './installed.mjs'

/** The exit status; 1 where npm was not found or was killed. */
export function npm(args, stdio = 'inherit') {
  const isWindows = process.platform === 'win32'
  const { status } = spawnSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd: root, stdio, shell: isWindows })
  return status ?? 1
}
