import { existsSync, readdirSync } from 'node:fs'
import { spaceFromJson } from '@rondo/core'
import { priorMeanOf } from '../../packages/models-lstm/src/prior/prior-mean.ts'
import { CurveFile } from '../curves/curve-file.ts'
import { fitPrior } from '../curves/fit-prior.ts'
import type { StoredCurves } from './tasks.ts'

/** The work of twenty full trainings tries some 170 under ASHA: of fewer there is hardly one that is not tried. */
const LEAST_CONFIGURATIONS = 200

/** The curves of every `curves-*.json` of a folder of which enough is trained; see bench/curves. */
export function ownCurves(folder: string): StoredCurves[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => /^curves-.*\.json$/.test(file))
    .sort()
    .map((file) => readCurves(`${folder}/${file.slice(0, -'.json'.length)}`))
    .filter(({ configurations }) => configurations.length >= LEAST_CONFIGURATIONS)
}

/** Each series with what all the others have taught: as if the prior mean that is shipped had never seen it. */
export function withPriorMeans(series: readonly StoredCurves[]): StoredCurves[] {
  if (series.length < 2) return [...series]
  return series.map((one) => ({
    ...one,
    priorMean: priorMeanOf(one.space.definition, {}, fitPrior(series.filter((other) => other !== one))),
  }))
}

/** What is trained: of the best configurations more often than of others. */
function readCurves(path: string): StoredCurves {
  const file = CurveFile.read(path)
  const { name, objective, space, configurations, epochs, samples } = file.description
  const all = configurations.map((params, i) => ({
    params,
    curves: file.trainings(i).map(({ values }) => values),
  }))
  const trained = all.filter(({ curves }) => curves.length > 0)
  return {
    name,
    suite: 'ours',
    space: spaceFromJson(space),
    objective,
    epochs,
    updatesPerEpoch: ({ batchSize }) => Math.ceil(samples / (batchSize as number)),
    configurations: trained.map(({ params }) => params),
    curves: trained.map(({ curves }) => curves),
  }
}
