import type { JsonObject } from '@rondo/core'
import { VERSION } from '../version.ts'

/** What a trial's bits depend on besides the config: versions and the kind of CPU. */
export function environment(): JsonObject {
  return { rondo: VERSION, node: process.versions.node, arch: process.arch }
}
