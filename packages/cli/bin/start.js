// Starts the built command, or its sources where nothing has been built.
import { existsSync } from 'node:fs'
import module from 'node:module'

module.enableCompileCache()

const CONDITION = 'rondo-source'
const built = new URL('../dist/main.js', import.meta.url)
const started = process.execArgv.some((argument) => argument.includes(CONDITION))

if (existsSync(built) && !started) {
  await import(built.href)
} else {
  if (!started) {
    // A condition can't be added to a running process but by a hook; children get it as an argument.
    module.registerHooks({
      resolve: (specifier, context, next) =>
        next(specifier, { ...context, conditions: [...context.conditions, CONDITION] }),
    })
    process.execArgv.push(`--conditions=${CONDITION}`)
  }
  await import('../src/main.ts')
}
