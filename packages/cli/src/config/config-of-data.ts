import { RondoError, type StudyConfig } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'
import { csvOptions } from './csv-options.ts'

/** Trials of a study for which neither a config nor a flag sets any limit. */
const TRIALS = 30

/** The config of a study that has none: an LSTM on the data file, searched by the defaults. */
export async function configOfData(flags: StudyFlags): Promise<StudyConfig> {
  const { data, columns = {}, trials, timeMs, patience } = flags
  if (data === undefined) {
    throw new RondoError('RONDO_USAGE', {
      message: 'There is neither a config nor a data file to tune for.',
      remedy: 'Name one, as in `rondo tune births.csv --target births`, or write a config with `rondo init`.',
    })
  }
  if (columns.target === undefined) {
    throw new RondoError('RONDO_USAGE', {
      message: 'Nothing says which column is to be predicted.',
      place: { field: '--target', file: data },
      remedy: 'Name it with --target.',
    })
  }
  const [{ csv }, { lstm }] = await Promise.all([import('@rondo/dataset'), import('@rondo/models-lstm')])
  const limited = trials !== undefined || timeMs !== undefined || patience !== undefined
  return {
    data: csv(data, { ...csvOptions(columns), target: columns.target }),
    model: lstm(),
    ...(limited ? {} : { trials: TRIALS }),
  }
}
