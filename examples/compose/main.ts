import { type BaselineScore, prepareStudy } from '@rondo/core'
import study from './study.ts'

// Workers rebuild the study from the module named here.
const prepared = await prepareStudy(study, { module: new URL('./study.ts', import.meta.url).href })
const running = prepared.create()
try {
  await running.run()
  for (const { number, state, value, curve } of running.state.trials) {
    console.log(
      `trial ${number}  ${state}  ${value?.toFixed(3) ?? '–'} °C  ${curve.at(-1)?.epoch ?? 0} epochs`,
    )
  }
  const { best } = running.state
  console.log(`best: trial ${best?.number}`, best?.params)

  // Opens the test rows, which nothing has seen until now.
  const { metrics, summary } = await running.evaluate()
  const baselines = (summary?.baselines ?? []) as unknown as readonly BaselineScore[]
  for (const { name, metrics: scores } of [{ name: 'the best', metrics }, ...baselines]) {
    console.log(`test mae of ${name}: ${scores.mae?.toFixed(3)} °C`)
  }
} finally {
  await running.dispose()
}
