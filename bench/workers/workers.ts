// Trials per hour with one worker and with two, and with the compiled step and through tfjs: the same trials, the runs
// taking turns. node bench/workers/workers.ts [rounds] [trials] [--tfjs]
import { prepareStudy } from '@rondo/core'
import studyOf from './study.ts'

const [rounds = 3, trials = 36] = process.argv
  .slice(2)
  .filter((arg) => !arg.startsWith('--'))
  .map(Number)
const withTfjs = process.argv.includes('--tfjs')

interface Result {
  readonly seconds: number
  readonly losses: string
}

async function run(workers: number, step: 'compiled' | 'tfjs'): Promise<Result> {
  const overrides = { workers, trials, step }
  const module = new URL('./study.ts', import.meta.url).href
  const prepared = await prepareStudy(studyOf(overrides), { module, overrides })
  const study = prepared.create()
  const began = performance.now()
  await study.run()
  const seconds = (performance.now() - began) / 1000
  const losses = JSON.stringify(study.state.trials.map(({ value }) => value))
  await study.dispose()
  return { seconds, losses }
}

const perHour = ({ seconds }: Result): number => (trials / seconds) * 3600
const spread = (values: readonly number[], digits: number): string => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]!
  return `${middle.toFixed(digits)} (${sorted[0]!.toFixed(digits)} … ${sorted.at(-1)!.toFixed(digits)})`
}

const one: Result[] = []
const two: Result[] = []
const tfjs: Result[] = []
for (let round = 0; round < rounds; round++) {
  one.push(await run(1, 'compiled'))
  two.push(await run(2, 'compiled'))
  if (withTfjs) tfjs.push(await run(1, 'tfjs'))
}
console.log(`${trials} trials of US births, ${rounds} rounds; median (least … most)`)
console.log(`one worker       ${spread(one.map(perHour), 0)} trials per hour`)
console.log(`two workers      ${spread(two.map(perHour), 0)} trials per hour`)
console.log(
  `two against one  ${spread(
    two.map((result, i) => one[i]!.seconds / result.seconds),
    2,
  )} times`,
)
if (withTfjs) {
  console.log(`through tfjs     ${spread(tfjs.map(perHour), 0)} trials per hour`)
  console.log(
    `compiled         ${spread(
      tfjs.map((result, i) => result.seconds / one[i]!.seconds),
      1,
    )} times tfjs`,
  )
}
const same = new Set([...one, ...two].map(({ losses }) => losses)).size === 1
console.log(same ? 'Every trial came to the same loss, bit for bit.' : 'The losses differ.')
