import { ERROR_CATALOGUE } from '../errors/catalogue.ts'
import { RondoError } from '../errors/rondo-error.ts'
import type { Ledger } from './ledger.ts'

/** So many failures for one reason, with no success, end a study: the reason is then not in the params. */
const FAILURES_OF_ONE_KIND = 10

/** @throws RONDO_TRIALS_ALL_FAILED where every trial so far has failed for the same reason. */
export function refuseHopelessStudy({ state: { trials }, log }: Ledger): void {
  if (trials.length < FAILURES_OF_ONE_KIND) return
  let failed = 0
  const first = trials[0]?.failure
  for (const { state, failure } of trials) {
    if (state === 'running' || state === 'queued') continue
    if (failure === undefined || failure.code !== first?.code) return
    failed++
  }
  if (failed < FAILURES_OF_ONE_KIND || first === undefined) return
  throw new RondoError('RONDO_TRIALS_ALL_FAILED', {
    message: `All of the first ${failed} trials failed with ${first.code}: ${first.message}`,
    value: first.code,
    place: { study: log.name },
    remedy: `${ERROR_CATALOGUE[first.code].remedy} ${ERROR_CATALOGUE.RONDO_TRIALS_ALL_FAILED.remedy}`,
  })
}
