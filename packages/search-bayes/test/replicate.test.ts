import { defineSpace, float } from '@rondo/core'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../src/configurations.ts'
import { replicateDue } from '../src/replicate.ts'
import { SimulatedStudy } from './support/simulated-study.ts'

const space = defineSpace({ x: float(0, 1) })
const params = { x: 0.5 }
const leader: Configuration = {
  params,
  trial: 0,
  measurements: [{ fidelity: 1, values: [0.5], value: 0.5 }],
}
const surrogate = {
  fit: { rows: 1, theta: [0, 0, 0, -1], draws: [] },
  measured: [leader],
  means: Float64Array.of(1),
}

/** A study of which trial 0 is known, and of which a replicate was started. */
function studyWithReplicate(): { readonly study: SimulatedStudy; readonly replicate: number } {
  const study = new SimulatedStudy(space, { trials: 100 })
  study.finish(study.start(params), 0.5)
  return { study, replicate: study.start(params, undefined, 0) }
}

describe('the configuration to be measured again', () => {
  it.each(['queued', 'running'] as const)('is not one of which a replicate is %s', (state) => {
    const { study, replicate } = studyWithReplicate()
    study.trials[replicate] = { ...study.trials[replicate]!, state }
    expect(replicateDue(surrogate, study, 40, 0.1)).toBeUndefined()
  })

  it.each([0.6, Number.NaN])('may be one whose replicate ended with %d', (value) => {
    const { study, replicate } = studyWithReplicate()
    study.finish(replicate, value)
    expect(replicateDue(surrogate, study, 40, 0.1)).toBe(leader)
  })

  it('is none where trials have come to parts of the budget', () => {
    const { study, replicate } = studyWithReplicate()
    study.finish(replicate, 0.6)
    const paused: Configuration = {
      params: { x: 0.1 },
      trial: 2,
      measurements: [{ fidelity: 0.3, values: [0.7], value: 0.7 }],
    }
    const several = { ...surrogate, measured: [leader, paused], means: Float64Array.of(1, 0) }
    expect(replicateDue(several, study, 40, 0.1)).toBeUndefined()
  })
})
