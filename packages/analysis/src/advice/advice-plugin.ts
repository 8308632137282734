import { definePlugin, type Plugin } from '@rondo/core'
import { ADVICE, type AdviceRule } from './advice.ts'

/** A rule as a plugin, for `plugins: [adviceRule({ name, order, look })]` in a config. */
export const adviceRule = (rule: AdviceRule): Plugin<readonly AdviceRule[]> =>
  definePlugin({ name: rule.name, provides: ADVICE, scope: 'process', create: () => rule })
