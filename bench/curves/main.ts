/**
 * Trains full learning curves of random configurations: see README.md.
 *
 *   node --conditions=rondo-source bench/curves/main.ts [--configurations 200] [--seeds 1] [--minutes 120]
 */
import { deriveRng, type Objective, type Params, type Space } from '@rondo/core'
import { flagsOf } from '../flags.ts'
import { CurveFile } from './curve-file.ts'
import { curvesFolder } from './folder.ts'
import { SERIES, type Series } from './series.ts'
import { type Curve, planOf, trainCurve } from './train-curve.ts'

const flags = flagsOf(import.meta.url, {
  configurations: { type: 'string', default: '200' },
  seeds: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '120' },
  series: { type: 'string', default: SERIES.map(({ name }) => name).join(',') },
  folder: { type: 'string', default: curvesFolder() },
})
const [count, seeds] = [Number(flags.configurations), Number(flags.seeds)]
const deadline = performance.now() + Number(flags.minutes) * 60_000

interface Work {
  readonly series: Series
  readonly file: CurveFile
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
  const { epochs, objective } = series
  const description = {
    name,
    objective: objective as Objective,
    epochs,
    seeds,
    samples,
    space: space.toJSON(),
  }
  const file = CurveFile.open(flags.folder, { ...description, configurations: draw(series, space) })
  works.push({ series, file })
}

let trained = 0
for (let work = next(); work !== undefined; work = next()) {
  const { series, file, configuration, seed } = work
  if (performance.now() > deadline) {
    console.log(`${trained} curves in ${flags.minutes} minutes; the same command goes on.`)
    process.exit(0)
  }
  const curve = await trainCurve(
    series,
    file.description.configurations[configuration]!,
    seedOf(configuration, seed),
  )
  file.add(configuration, seed, curve)
  trained++
  const best = bestOf(curve.values, series.objective!.direction)
  console.log(
    `${series.name} ${configuration} seed ${seed}: at best ${best.toPrecision(4)}, ${secondsOf(curve).toFixed(1)} s`,
  )
}
console.log(`All ${works.length * count * seeds} curves are there.`)

/**
 * The next curve to train, of the series that had the least time so far: whenever this is interrupted, what there is
 * can be used. The second seed comes after all configurations had their first.
 */
function next(): (Work & { readonly configuration: number; readonly seed: number }) | undefined {
  const open = works.flatMap((work) => {
    let spent = 0
    for (let seed = 0; seed < seeds; seed++) {
      for (let configuration = 0; configuration < count; configuration++) {
        if (!work.file.has(configuration, seed)) return [{ ...work, configuration, seed, spent }]
        spent += secondsOf(work.file.curve(configuration, seed))
      }
    }
    return []
  })
  return open.toSorted((a, b) => a.seed - b.seed || a.spent - b.spent)[0]
}

function secondsOf({ seconds }: Curve): number {
  return seconds.reduce((sum, s) => (Number.isNaN(s) ? sum : sum + s), 0)
}

function bestOf(values: Float32Array, direction: Objective['direction']): number {
  const finite = [...values].filter(Number.isFinite)
  return direction === 'minimize' ? Math.min(...finite) : Math.max(...finite)
}

/** A seed for each training: two configurations do not share their luck. */
function seedOf(configuration: number, seed: number): number {
  return configuration * 1000 + seed
}
