// Installs what the lockfile names, unless that is done already. Plain JavaScript: it runs on any Node from 18 up.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lock = `${root}/package-lock.json`
const installed = `${root}/node_modules/.package-lock.json`

if (!isInstalled()) {
  console.log('Installing the dependencies; this takes about a minute.')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** npm writes its own lock into node_modules when an installation is complete. */
function isInstalled() {
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) return false
  return JSON.parse(readFileSync(installed, 'utf8')).lockfileVersion !== undefined
}
