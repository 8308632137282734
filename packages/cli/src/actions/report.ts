import { readFileSync } from 'node:fs'
import { RondoError, type StudySpec } from '@rondo/core'
import { echartsScript, type ReportBaseline, renderReport } from '@rondo/report'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { prepareSession } from '../study/prepare.ts'
import { reportData } from '../study/report-data.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { TrialCurves } from '../study/trial-curves.ts'
import type { Output } from '../terminal/output.ts'
import { writeWhole } from '../terminal/write-whole.ts'

/** Options of `rondo report`. */
export interface ReportCommandOptions extends StudyPlaceOptions {
  readonly out?: string
  readonly interactive: boolean
}

/** Writes a study as one HTML file. */
export async function report(name: string, options: ReportCommandOptions, output: Output): Promise<void> {
  const { studies, out = `${name}.html`, interactive } = options
  const store = openStore(studies)
  const reading = readStudyOf(store, name)
  const curves = TrialCurves.of(store.open(name, 'read'))
  const data = reportData(reading, curves, await baselinesOf(name, reading.state.spec, options, output))
  output.emit({ type: 'report', file: out, ...data })
  const script = interactive ? { echarts: readFileSync(echartsScript, 'utf8') } : {}
  writeWhole(out, renderReport(data, script))
  output.say(`Wrote ${out}.`)
}

/** Baselines need the data: where that can't be had any more, the report is written without them. */
async function baselinesOf(
  name: string,
  spec: StudySpec,
  { studies, file }: StudyPlaceOptions,
  output: Output,
): Promise<readonly ReportBaseline[]> {
  try {
    const session = await prepareSession({ flags: flagsOfStudy(name, spec, { studies, file }), name })
    const { prepared } = session
    try {
      if (prepared.spec.fingerprint.data === spec.fingerprint.data) return session.baselines()
      output.warn('The report has no baselines: the data is no longer that of the study.')
      return []
    } finally {
      await prepared.dispose()
    }
  } catch (error) {
    if (!(error instanceof RondoError)) throw error
    output.warn(`The report has no baselines: ${error.message}`)
    return []
  }
}
