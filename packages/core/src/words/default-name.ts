import type { StudySpec } from '../study/study-spec.ts'

type Defaults = Pick<StudySpec, 'defaultsOf'>

/** What the first trial of a study is: `untuned default`, or `best of births` where its defaults are an earlier study's best. */
export const defaultName = (of: Defaults): string =>
  of.defaultsOf === undefined ? 'untuned default' : defaultLabel(of)

/** The same above a column or beside a trial: `default` or `best of births`. */
export const defaultLabel = ({ defaultsOf }: Defaults): string =>
  defaultsOf === undefined ? 'default' : `best of ${defaultsOf.study}`
