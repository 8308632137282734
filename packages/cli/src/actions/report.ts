import { readFileSync } from 'node:fs'
import { type ArtifactFiles, type ArtifactRef, RondoError, type Store, type StudyReading } from '@rondo/core'
import { echartsScript, renderReport } from '@rondo/report'
import type { StudyPlaceOptions } from '../commands/output-options.ts'
import { rulesOf } from '../study/advice.ts'
import { flagsOfStudy } from '../study/flags-of-study.ts'
import { prepareSession } from '../study/prepare.ts'
import { type FromSession, reportData } from '../study/report-data.ts'
import { rulesOfStudy } from '../study/rules-of-study.ts'
import { openStore, readStudyOf } from '../study/stores.ts'
import { TrialCurves } from '../study/trial-curves.ts'
import { validationForecast } from '../study/validation-forecast.ts'
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
  const data = reportData(reading, curves, await fromSession(reading, options, store, output))
  output.emit({ type: 'report', file: out, ...data })
  const script = interactive ? { echarts: readFileSync(echartsScript, 'utf8') } : {}
  writeWhole(out, renderReport(data, script))
  output.say(`Wrote ${out}.`)
}

/** Baselines and forecasts need the data: where that can't be had any more, the report is written without them. */
async function fromSession(
  reading: StudyReading,
  options: StudyPlaceOptions,
  store: Store,
  output: Output,
): Promise<FromSession> {
  const { name, state } = reading
  const { studies, file } = options
  const { spec, best } = state
  if (spec.fingerprint.data === undefined)
    return { ...NOTHING, rules: await rulesOfStudy(reading, options, output) }
  try {
    const session = await prepareSession({ flags: flagsOfStudy(name, spec, { studies, file }), name })
    const { prepared } = session
    try {
      if (prepared.spec.fingerprint.data !== spec.fingerprint.data) {
        output.warn('The report has no baselines and no forecast: the data is no longer that of the study.')
        return NOTHING
      }
      const rows = session.validationRows()
      const baselines = session.baselines()
      const rules = rulesOf(session.others)
      if (rows?.dataset.description.task !== 'forecast' || best?.model === undefined)
        return { rules, baselines }
      const forecast = await validationForecast(rows, best.params, await modelOf(store, name, best.model))
      return { rules, baselines, ...(forecast && { forecast }) }
    } finally {
      await prepared.dispose()
    }
  } catch (error) {
    if (!(error instanceof RondoError)) throw error
    output.warn(`The report has no baselines and no forecast: ${error.message}`)
    return NOTHING
  }
}

const NOTHING: FromSession = { rules: rulesOf(), baselines: [] }

/** The model of the folds: the one that was trained again has seen the validation rows. */
async function modelOf(store: Store, name: string, model: ArtifactRef): Promise<ArtifactFiles> {
  const log = store.open(name, 'read')
  try {
    return await log.artifacts.read(model)
  } finally {
    log.close()
  }
}
