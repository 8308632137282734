import { existsSync } from 'node:fs'

const NAMES = ['rondo.config.ts', 'rondo.config.mts', 'rondo.config.js', 'rondo.config.mjs']

/** The config of the working folder, where there is one. */
export function defaultConfig(): string | undefined {
  return NAMES.find((name) => existsSync(name))
}
