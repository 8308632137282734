// Installs what the lockfile names, unless that is done already. Plain JavaScript: it runs on any Node from 18 up.
import { spawnSync } from 'node:child_process'
import { isInstalled, root } from './installed.mjs'

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

// After an install by an npm that left Node without a link.
await import('./link-node.mjs')
