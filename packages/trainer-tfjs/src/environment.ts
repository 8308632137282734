import { createRequire } from 'node:module'
import type { JsonObject } from '@rondo/core'

/** What a trial's bits depend on besides its params: the training step and the version of tfjs. Loads no tfjs. */
export function environment(): JsonObject {
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs/package.json') as {
    readonly version: string
  }
  return { step: 'tfjs', numerics: `tfjs-wasm-simd ${version}` }
}
