import { askPlugin } from '@rondo/core'
import type { Advice, AdviceRule } from './advice.ts'
import { batchSizeRule } from './rules/batch-size.ts'
import { dropoutRule } from './rules/dropout.ts'
import { epochsRule } from './rules/epochs.ts'
import { gatesRule } from './rules/gates.ts'
import { gradientRule } from './rules/gradient.ts'
import { layersRule } from './rules/layers.ts'
import { learningRateRule } from './rules/learning-rate.ts'
import { unitsRule } from './rules/units.ts'
import { windowRule } from './rules/window.ts'
import type { TrainingRun } from './training-run.ts'

/** The rules that come with Rondo, in their order. */
export const adviceRules: readonly AdviceRule[] = [
  layersRule,
  windowRule,
  unitsRule,
  batchSizeRule,
  epochsRule,
  learningRateRule,
  gradientRule,
  dropoutRule,
  gatesRule,
]

/** What the rules say of a run, in the order of the rules; of equal ones in the order given. */
export function advise(rules: readonly AdviceRule[], run: TrainingRun): readonly Advice[] {
  return [...rules]
    .sort((a, b) => a.order - b.order)
    .flatMap((rule) => {
      const advice = askPlugin(rule, { when: 'it was asked for advice on a run' }, () => rule.look(run))
      return advice === undefined ? [] : [advice]
    })
}
