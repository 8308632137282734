import type { LegOutcome } from './flight.ts'
import type { Ledger } from './ledger.ts'

/** The names of all artifacts that a log speaks of. Any other was left by a process that was killed. */
export function keptArtifacts({ state, flights }: Ledger): ReadonlySet<string | undefined> {
  const kept = new Set<string | undefined>()
  for (const { checkpoint, model } of state.trials) kept.add(checkpoint?.name).add(model?.name)
  for (const { model } of state.refits) kept.add(model.name)
  for (const { from, outcome } of flights.values()) {
    kept.add(from?.name)
    if (outcome?.type === 'leg.ended') kept.add(outcome.checkpoint?.name).add(outcome.model?.name)
  }
  return kept
}

/** The names of a trial's artifacts that its leg's outcome takes the place of. */
export function replacedArtifacts({ state, flights }: Ledger, outcome: LegOutcome): readonly string[] {
  if (outcome.type !== 'leg.ended') return []
  const { checkpoint, model } = state.trials[outcome.trial]!
  const midway = flights.get(outcome.trial)?.from
  const replaced = [
    ...(outcome.checkpoint === undefined ? [] : [checkpoint?.name, midway?.name]),
    ...(outcome.model === undefined ? [] : [model?.name]),
  ]
  const fresh = [outcome.checkpoint?.name, outcome.model?.name]
  return [...new Set(replaced)].filter((name) => name !== undefined && !fresh.includes(name)) as string[]
}
