import { createRequire } from 'node:module'
import type { JsonObject } from '@rondo/core'
import { buildFor } from '@rondo/kernels'
import type { TfjsTrainerOptions } from './options.ts'

const require = createRequire(import.meta.url)
const versionOf = (manifest: string): string => (require(manifest) as { readonly version: string }).version

/**
 * What a trial's bits depend on besides its params: the versions of Rondo, Node and tfjs, the kind of CPU, the training
 * step and its numerics. Here, so that a study composed in code records it as well. Loads no tfjs.
 */
export const environment = ({ step = 'auto', numerics = 'fast' }: TfjsTrainerOptions): JsonObject => ({
  rondo: versionOf('../package.json'),
  node: process.versions.node,
  arch: process.arch,
  step,
  numerics: step === 'tfjs' ? 'tfjs' : buildFor(numerics),
  tfjs: versionOf('@tensorflow/tfjs/package.json'),
})
