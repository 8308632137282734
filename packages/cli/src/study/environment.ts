import type { JsonObject } from '@rondo/core'
import manifest from '../../package.json' with { type: 'json' }

/** What a trial's bits depend on besides the config: versions and the kind of CPU. */
export function environment(): JsonObject {
  return { rondo: manifest.version, node: process.versions.node, arch: process.arch }
}
