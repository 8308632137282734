/**
 * Trains full learning curves of random configurations: see README.md.
 *
 *   node --conditions=rondo-source bench/curves/main.ts [--configurations 200] [--seeds 1] [--minutes 120]
 */
import { deriveRng, type Objective, type Params, type Space } from '@rondo/core'
import { byValue } from '../../packages/report/src/words/objective.ts'
import { flagsOf } from '../flags.ts'
import { bestSoFar } from '../multi-fidelity/tasks.ts'
import { mean, sum } from '../search/statistics.ts'
import { CurveFile } from './curve-file.ts'
import { curvesFolder } from './folder.ts'
import { SERIES, type Series } from './series.ts'
import { type Curve, planOf, trainCurve } from './train-curve.ts'

const flags = flagsOf(import.meta.url, {
  configurations: { type: 'string', default: '200' },
  seeds: { type: 'string', default: '1' },
  best: { type: 'string', default: '0' },
  'best-seeds': { type: 'string', default: '16' },
  minutes: { type: 'string', default: '120' },
  series: { type: 'string', default: SERIES.map(({ name }) => name).join(',') },
  folder: { type: 'string', default: curvesFolder() },
})
const [count, seeds] = [Number(flags.configurations), Number(flags.seeds)]
const [best, bestSeeds] = [Number(flags.best), Number(flags['best-seeds'])]
const deadline = performance.now() + Number(flags.minutes) * 60_000

/** A series and what is known of its trainings, so that choosing the next one takes no reading of curves. */
interface Work {
  readonly series: Series
  readonly file: CurveFile
  /** `[configuration][training]`: the best value. */
  readonly values: number[][]
  /** Processor seconds of all trainings. */
  spent: number
}

/** Each by an address of its own, so that more of them begin with the same ones. */
function draw({ name }: Series, space: Space): Params[] {
  return Array.from({ length: count }, (_, step) =>
    space.sample(deriveRng({ seed: 0, purpose: `curves/${name}`, step })),
  )
}

const works: Work[] = []
for (const name of flags.series.split(',')) {
  const series = SERIES.find((s) => s.name === name)
  if (series === undefined) throw new Error(`There is no series ${name}.`)
  const { space, samples } = await planOf(series)
  const { epochs } = series
  const objective = series.objective!
  const configurations = draw(series, space)
  const description = { name, objective, epochs, samples, space: space.toJSON(), configurations }
  const file = CurveFile.open(flags.folder, description)
  const trainings = file.description.configurations.map((_, i) => file.trainings(i))
  works.push({
    series,
    file,
    values: trainings.map((curves) => curves.map((curve) => bestOf(curve, objective))),
    spent: sum(trainings.flat().map(secondsOf)),
  })
}

let trained = 0
for (let next = nextTraining(); next !== undefined; next = nextTraining()) {
  if (performance.now() > deadline) {
    console.log(`${trained} curves in ${flags.minutes} minutes; the same command goes on.`)
    process.exit(0)
  }
  const { work, configuration } = next
  const { series, file, values } = work
  const seed = values[configuration]!.length
  const curve = await trainCurve(
    series,
    file.description.configurations[configuration]!,
    seedOf(configuration, seed),
  )
  file.add(configuration, curve)
  const value = bestOf(curve, series.objective!)
  values[configuration]!.push(value)
  work.spent += secondsOf(curve)
  trained++
  console.log(
    `${series.name} ${configuration} seed ${seed}: at best ${value.toPrecision(4)}, ${secondsOf(curve).toFixed(1)} s`,
  )
}
console.log(`Trained ${trained} curves; all that were asked for are there.`)

/**
 * The next curve to train, of the series that had the least time so far: whenever this is interrupted, what there is
 * can be used. First each configuration has its seeds, the second after all had their first. Then the best ones by
 * their means so far have more of them, in turn: who was only lucky falls behind, and others move up.
 */
function nextTraining(): { readonly work: Work; readonly configuration: number } | undefined {
  const bySpent = works.toSorted((a, b) => a.spent - b.spent)
  for (let seed = 0; seed < seeds; seed++) {
    for (const work of bySpent) {
      const configuration = work.values.findIndex(({ length }, i) => i < count && length <= seed)
      if (configuration !== -1) return { work, configuration }
    }
  }
  for (const work of bySpent) {
    const open = leadersOf(work).filter((i) => work.values[i]!.length < bestSeeds)
    const fewest = Math.min(...open.map((i) => work.values[i]!.length))
    const configuration = open.find((i) => work.values[i]!.length === fewest)
    if (configuration !== undefined) return { work, configuration }
  }
  return undefined
}

/** The best configurations by the mean over their trainings, best first. */
function leadersOf({ values, series }: Work): number[] {
  return values
    .flatMap((own, configuration) => (own.length > 0 ? [{ configuration, value: mean(own) }] : []))
    .sort(byValue(series.objective!))
    .slice(0, best)
    .map(({ configuration }) => configuration)
}

function secondsOf({ seconds }: Curve): number {
  return sum([...seconds].filter(Number.isFinite))
}

/** Infinitely bad where no epoch has a value. */
function bestOf({ values }: Curve, objective: Objective): number {
  return bestSoFar(values, objective).at(-1)!
}

/** A seed for each training: two configurations do not share their luck. */
function seedOf(configuration: number, seed: number): number {
  return configuration * 1000 + seed
}
