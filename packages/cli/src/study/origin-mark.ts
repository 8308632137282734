import { defaultLabel, type StudySpec, type TrialView } from '@rondo/core'

/** What a list says of a trial that is not the search's: `(default)`, `(best of births)`, `(enqueued)`. */
export const originMark = ({ origin }: TrialView, spec: StudySpec): string =>
  `(${origin === 'default' ? defaultLabel(spec) : origin})`
