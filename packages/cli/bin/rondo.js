#!/usr/bin/env node
// Runs on any Node that knows modules, so that an old one is told what to do instead of stumbling over newer syntax.
const REQUIRED = 24

const major = Number(process.versions.node.split('.')[0])
if (major < REQUIRED) {
  console.error(
    `error RONDO_NODE_VERSION  Rondo needs Node ${REQUIRED} or later; this is Node ${process.versions.node}.`,
  )
  console.error(`  fix    Install Node ${REQUIRED} or later, from https://nodejs.org for example.`)
  process.exitCode = 1
} else {
  await import('./start.js')
}
