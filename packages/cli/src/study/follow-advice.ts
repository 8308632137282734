import type { Advice } from '@rondo/analysis'
import { RondoError, type StudyState } from '@rondo/core'
import { optionOf } from '../flags/param-options.ts'
import { completeParams } from './manual-params.ts'

/** The command that does what an advice says; `undefined` where the study's space does not allow it. */
export function followAdvice(
  { tryNext }: Advice,
  { space, trials, fullBudget }: StudyState,
  { study, trial }: { readonly study: string; readonly trial: number },
): string | undefined {
  const record = trials[trial]
  if (tryNext === undefined || record === undefined) return undefined
  const { param, value } = tryNext
  if (param === 'epochs' && !space.names.includes(param)) {
    const goesOn =
      record.checkpoint !== undefined && record.state !== 'failed' && Number(value) <= fullBudget.epochs
    return goesOn ? `rondo extend ${study} ${trial} --epochs ${value}` : undefined
  }
  try {
    completeParams(space, record.params, { [param]: value })
  } catch (error) {
    if (error instanceof RondoError) return undefined
    throw error
  }
  return `rondo train ${study} --from ${trial} ${optionOf(param, value)}`
}
