import type { Plugin } from '@rondo/core'
import { isJson, mustHold, show } from './broken-rule.ts'
import type { Check, MakePlugin } from './suite.ts'

/** A rule for every plugin that counts for a study's fingerprint. */
export const jsonOptions: Check<MakePlugin<Plugin>> = {
  name: 'has JSON for options',
  async run(makePlugin) {
    const { options } = makePlugin()
    mustHold(
      isJson(options),
      'Options must be JSON, because they are part of the study’s fingerprint',
      () => `they are ${show(options)}`,
    )
  },
}
