// Lets npm's scripts find the Node that is among the dependencies. npm before 11.6 links it and removes the link again,
// with the packages of other systems, whose commands have the same name. Plain JavaScript: it runs on any Node from 18 up.
import { existsSync, readFileSync } from 'node:fs'
import { root } from './installed.mjs'
import { npm } from './npm.mjs'

const modules = `${root}/node_modules`
const { optionalDependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
const installed = Object.keys(optionalDependencies).filter((name) => existsSync(`${modules}/${name}`))

if (installed.length > 0 && !existsSync(`${modules}/.bin/node`)) {
  const status = npm(['rebuild', ...installed, '--silent'], ['inherit', 'ignore', 'inherit'])
  if (status !== 0) {
    console.error(
      `npm rebuild ${installed.join(' ')} has failed: node_modules/.bin has no Node. Run it by hand, without --silent.`,
    )
    process.exitCode = status
  }
}
