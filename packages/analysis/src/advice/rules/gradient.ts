import { median } from '../../statistics.ts'
import type { AdviceRule } from '../advice.ts'
import { numberParam } from '../measures.ts'
import { ORDER } from '../order.ts'

/** Gradients of a network that trains are between these, losses being of order 1. */
const EXPLODING = 100
const VANISHING = 1e-4

/** The norm of the gradient: clipped where it explodes, a shorter way back where it vanishes. */
export const gradientRule: AdviceRule = {
  name: 'gradient norm',
  order: ORDER.gradient,
  look(run) {
    const norms = run.epochs.flatMap(({ gradientNorm: norm }) => (norm === undefined ? [] : [norm]))
    if (norms.length === 0) return undefined
    const largest = norms.reduce((a, b) => (b > a || Number.isNaN(b) ? b : a))
    const typical = median(norms)
    const clip = numberParam(run, 'clipNorm')
    if (!(largest < EXPLODING) && (clip === undefined || clip === 0)) {
      return {
        rule: 'gradient norm',
        text: 'Clip the gradient at a norm of 1 (clipNorm): it explodes.',
        because: { name: 'largest gradient norm', value: largest, unit: 'number' },
        tryNext: { param: 'clipNorm', value: 1 },
      }
    }
    if (clip !== undefined && clip > 0 && typical > 10 * clip) {
      return {
        rule: 'gradient norm',
        text: `Lower the learning rate rather than let clipping do it: nearly every gradient is cut to ${clip}.`,
        because: { name: 'typical gradient norm', value: typical, unit: 'number' },
      }
    }
    if (typical < VANISHING) {
      return {
        rule: 'gradient norm',
        text: 'Shorten the window, or begin with a forget bias of 1 or more: hardly any gradient comes back.',
        because: { name: 'typical gradient norm', value: typical, unit: 'number' },
        tryNext: { param: 'forgetBias', value: 1 },
      }
    }
    return undefined
  },
}
