import type { StudyFlags } from '../flags/study-flags.ts'
import { requireAllowed } from './best-allowed.ts'
import { heldSpace } from './hold-params.ts'
import { type LocatedStudy, locateStudy, type StudyPlace } from './locate-study.ts'
import { prepareSession } from './prepare.ts'

/** A study that tunes some hyperparameters with the others held. */
export interface PartialStudy {
  readonly name: string
  readonly flags: StudyFlags
  /** For people: where the values of the others come from. */
  readonly heldAt: string
}

/**
 * The study that varies only `tuned`: the others are held at the best of the study that `place` names, at their defaults
 * where there is none. It is a study of its own, named after both.
 *
 * @throws RONDO_USAGE where a name cannot be tuned or its values leave out that of the best, and errors of data and config.
 */
export async function tuneSome(
  tuned: readonly string[],
  place: StudyPlace,
  given: StudyFlags,
): Promise<PartialStudy> {
  const { study, ...base } = place
  const located = await locateStudy(base, given)
  const { name, flags } = located
  const { prepared } = await prepareSession({ flags, name })
  try {
    const best = located.reading?.state.best
    if (best !== undefined) requireAllowed(prepared.space, tuned, { study: name, best })
    const held = heldSpace(prepared.space, tuned, best?.params ?? {})
    return {
      name: study ?? `${name}-${tuned.join('-').replace(/[^\p{L}\p{N}_-]+/gu, '-')}`,
      // The best of the study is the default of what varies: a grid, which would not try it, is to be measured by it too.
      flags: {
        ...flags,
        wholeSpace: held,
        defaultTrial: true,
        ...(best && { defaultsOf: { study: name, trial: best.number } }),
      },
      heldAt: heldAt(located),
    }
  } finally {
    await prepared.dispose()
  }
}

function heldAt({ name, reading }: LocatedStudy): string {
  const best = reading?.state.best
  return best === undefined ? 'their defaults' : `trial ${best.number}, the best of ${name}`
}
