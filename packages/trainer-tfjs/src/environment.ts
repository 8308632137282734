import { createRequire } from 'node:module'
import type { JsonObject } from '@rondo/core'
import { buildFor } from '@rondo/kernels'
import type { TfjsTrainerOptions } from './options.ts'

/** What a trial's bits depend on besides its params: the training step, its numerics, the version of tfjs. Loads no tfjs. */
export function environment({ step = 'auto', numerics = 'fast' }: TfjsTrainerOptions): JsonObject {
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs/package.json') as {
    readonly version: string
  }
  return { step, numerics: step === 'tfjs' ? 'tfjs' : buildFor(numerics), tfjs: version }
}
