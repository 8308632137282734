import { resolve } from 'node:path'
import type { JsonObject } from '@rondo/core'
import { prepareSession } from '../study/prepare.ts'
import type { Output } from '../terminal/output.ts'
import { textTable } from '../terminal/table.ts'
import { OWN_PLUGINS } from './own-plugins.ts'

/** Lists Rondo's own plugins, or what a config composes. */
export async function plugins(config: string | undefined, output: Output): Promise<void> {
  if (config === undefined) {
    for (const plugin of OWN_PLUGINS) output.emit({ type: 'plugin', ...plugin })
    output.say(
      textTable(
        ['field of a config', 'call', 'what it does'],
        OWN_PLUGINS.map(({ field, call, does }) => [field, `${call}(…)`, does]),
        output.columns,
      ),
    )
    return
  }
  const { prepared } = await prepareSession({ flags: { config: resolve(config) } })
  try {
    for (const plugin of prepared.plugins) output.emit({ type: 'plugin', ...plugin })
    output.say(
      textTable(
        ['provides', 'name', 'lives for', 'options'],
        prepared.plugins.map(({ token, name, scope, options }) => [
          String(token),
          String(name),
          String(scope),
          optionsInWords(options as JsonObject | undefined),
        ]),
        output.columns,
      ),
    )
  } finally {
    await prepared.dispose()
  }
}

function optionsInWords(options: JsonObject | undefined): string {
  return Object.entries(options ?? {})
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
