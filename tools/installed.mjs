import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Whether what the lockfile names is installed: npm writes its own lock into node_modules when it is. */
export function isInstalled() {
  const lock = `${root}/package-lock.json`
  const installed = `${root}/node_modules/.package-lock.json`
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) return false
  return JSON.parse(readFileSync(installed, 'utf8')).lockfileVersion !== undefined
}
