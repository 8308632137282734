import { createRequire } from 'node:module'

/** The version of the command, from its package; the file lies beside `src` as beside `dist`. */
export const VERSION: string = (
  createRequire(import.meta.url)('../package.json') as { readonly version: string }
).version
