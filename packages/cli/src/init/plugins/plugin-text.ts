/** The parts of a new plugin that depend on its kind. */
export interface PluginText {
  /** Its source, complete. */
  readonly source: string
  readonly test: string
  /** What it does, as a sentence. */
  readonly does: string
  /** How a config takes it: `search: hillClimb()`. */
  readonly field: string
}

/** A test that goes through a suite of the testkit. */
export const suiteTest = (
  suite: string,
  factory: string,
  name: string,
): string => `import { ${suite} } from '@rondo/testkit'
import { describe, test } from 'vitest'
import { ${factory} } from '../src/index.ts'

describe('${name}', () => {
  for (const check of ${suite}.checks) test(check.name, () => check.run(${factory}))
})
`
