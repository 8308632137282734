// `npm run rondo`: the command from its sources. Plain JavaScript, as before the set-up any Node may run it.
import { existsSync } from 'node:fs'
import { root } from './installed.mjs'

if (existsSync(`${root}/node_modules/.package-lock.json`)) {
  process.env.RONDO_COMMAND = 'npm run rondo --'
  await import('../packages/cli/bin/rondo.js')
} else {
  console.error('error  The dependencies, and the Node that Rondo needs, are not installed yet.')
  console.error('  fix  Run `npm ci` first, or `npm run first-study`, which does it too.')
  process.exitCode = 1
}
