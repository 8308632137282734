import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointBest } from '@rondo/callbacks'
import { machineClock, prepareStudy } from '@rondo/core'
import { csv } from '@rondo/dataset'
import { lstm } from '@rondo/models-lstm'
import { random } from '@rondo/search-random'
import { holdout } from '@rondo/splitters'
import { tfjsTrainer } from '@rondo/trainer-tfjs'

const ROWS = 240
const EPOCHS = 2

/** Trains a small LSTM on a sine for a moment, in this process and in memory: whether all parts work here. */
export async function trainSmallModel(): Promise<{ readonly ms: number; readonly epochs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-doctor-'))
  try {
    const file = join(folder, 'sine.csv')
    const rows = Array.from({ length: ROWS }, (_, i) => `${i},${Math.sin(i / 5).toFixed(6)}`)
    writeFileSync(file, `step,value\n${rows.join('\n')}\n`)
    const prepared = await prepareStudy({
      data: csv(file, { target: 'value', features: ['value'], seasons: [] }),
      model: lstm(),
      space: { units: { type: 'fixed', value: 4 }, window: { type: 'fixed', value: 8 } },
      splitter: holdout(),
      callbacks: [checkpointBest()],
      trainer: tfjsTrainer(),
      search: random(),
      trials: 1,
      epochs: EPOCHS,
    })
    const study = prepared.create()
    try {
      const start = machineClock.monotonic()
      await study.run()
      const { failure } = study.state.trials[0] ?? {}
      if (failure !== undefined) throw new Error(`${failure.code} ${failure.message}`)
      return { ms: machineClock.monotonic() - start, epochs: EPOCHS }
    } finally {
      await study.dispose()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
