import type { AdviceRule } from '@rondo/analysis'
import { RondoError, type StudyReading } from '@rondo/core'
import { loadConfig } from '../config/load-config.ts'
import type { StudyFlags } from '../flags/study-flags.ts'
import type { Output } from '../terminal/output.ts'
import { rulesOf } from './advice.ts'
import { flagsOfStudy, type StudyWhereabouts } from './flags-of-study.ts'

/** Rondo's rules of advice and those of the study's config; where that can't be had any more, Rondo's alone, and it is said. */
export async function rulesOfStudy(
  { name, state }: StudyReading,
  where: StudyWhereabouts,
  output: Output,
): Promise<readonly AdviceRule[]> {
  const { spec } = state
  const isInCode = spec.module === undefined && (spec.overrides as StudyFlags).config === undefined
  if (isInCode) return rulesOf()
  try {
    const { config } = flagsOfStudy(name, spec, where)
    return rulesOf(config === undefined ? [] : (await loadConfig(config)).plugins)
  } catch (error) {
    if (!(error instanceof RondoError)) throw error
    output.warn(`The advice is by Rondo's own rules alone: ${error.message}`)
    return rulesOf()
  }
}
