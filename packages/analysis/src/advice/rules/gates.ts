import type { AdviceRule } from '../advice.ts'
import { numberParam } from '../measures.ts'
import { ORDER } from '../order.ts'
import type { GateReading } from '../training-run.ts'

/** A gate of which so much is at an end of its range learns little there: the sigmoid is flat. */
const SATURATED = 0.5
/** A forget gate that keeps less than this of the state a step has forgotten it after three. */
const FORGETFUL = 0.3

/** The three gates: none should be stuck, and the forget gate should remember. */
export const gatesRule: AdviceRule = {
  name: 'gates',
  order: ORDER.gates,
  look(run) {
    const { gates = [] } = run
    if (gates.length === 0 || run.diverged) return undefined
    const layers = [...new Set(gates.map(({ layer }) => layer))].sort((a, b) => a - b)
    // The place among all layers is of no use to a reader: the third may be the second LSTM.
    const ordinal = (layer: number): number => layers.indexOf(layer) + 1
    const forgetful = gates.find(({ gate, mean }) => gate === 'forget' && mean < FORGETFUL)
    if (forgetful !== undefined) {
      const bias = (numberParam(run, 'forgetBias') ?? 1) + 1
      return {
        rule: 'gates',
        text: `Begin with a higher forget bias (${bias}): the forget gate of LSTM layer ${ordinal(forgetful.layer)} keeps little from step to step.`,
        because: { name: 'mean of the forget gate', value: forgetful.mean, unit: 'share' },
        tryNext: { param: 'forgetBias', value: bias },
      }
    }
    const stuck = gates.reduce((a, b) => (saturation(b) > saturation(a) ? b : a))
    if (saturation(stuck) <= SATURATED) return undefined
    return {
      rule: 'gates',
      text: `Lower the learning rate or add an L2 penalty, and check that inputs are scaled: the ${stuck.gate} gate of LSTM layer ${ordinal(stuck.layer)} is mostly fully open or shut.`,
      because: { name: `saturation of the ${stuck.gate} gate`, value: saturation(stuck), unit: 'share' },
    }
  },
}

/**
 * The share of values at an end. A forget gate that is open remembers, an output gate that is open shows: only the closed
 * end of those is stuck.
 */
function saturation({ gate, closed, open }: GateReading): number {
  return gate === 'input' ? closed + open : closed
}
