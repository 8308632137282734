// Installs what the lockfile names, unless that is done already. Plain JavaScript: it runs on any Node from 18 up.
import { isInstalled } from './installed.mjs'
import { npm } from './npm.mjs'

if (!isInstalled()) {
  console.log('Installing the dependencies; this takes about a minute.')
  const status = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0) process.exit(status)
}

// After an install by an npm that left Node without a link.
await import('./link-node.mjs')
