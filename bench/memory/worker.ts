/** Prints the highest resident memory of this process in bytes, after starting tfjs or after training on US births. */
import { prepareStudy } from '@rondo/core'
import { checkpointBest, csv, defineConfig, holdout, lstm, minimize, random, tfjsTrainer } from 'rondo'
import { startBackend } from '../../packages/trainer-tfjs/src/backend/start.ts'

const [mode, units, layers] = process.argv.slice(2)

if (mode === 'tfjs') {
  const tf = await startBackend()
  const layer = tf.layers.lstm({ units: 8, inputShape: [28, 3] })
  const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1 })] })
  tf.tidy(() => model.predict(tf.zeros([32, 28, 3])))
} else {
  const config = defineConfig({
    name: 'memory',
    data: csv(new URL('../../examples/births/births.csv', import.meta.url), {
      target: 'births',
      calendar: true,
    }),
    model: lstm({ units: Number(units), layers: Number(layers) }),
    objective: minimize('val_mae'),
    search: random(),
    splitter: holdout(),
    callbacks: [checkpointBest()],
    trainer: tfjsTrainer({ step: 'compiled' }),
    trials: 1,
    epochs: 1,
    seed: 1,
  })
  const study = (await prepareStudy(config)).create()
  await study.run()
  const [trial] = study.state.trials
  if (trial?.value === undefined) throw new Error(trial?.failure?.message ?? 'The trial has no value.')
  await study.dispose()
}
// Kilobytes.
console.log(process.resourceUsage().maxRSS * 1024)
