import { readHyperparameters } from '../../packages/models-lstm/src/hyperparameters.ts'
import { FEATURES, TERMS, writeFeatures, writeTerms } from '../../packages/models-lstm/src/prior/features.ts'
import { dataDefaultsOf } from '../../packages/models-lstm/src/prior/prior-mean.ts'
import {
  choleskyInPlace,
  invertLower,
  solveLower,
} from '../../packages/search-bayes/src/numerics/cholesky.ts'
import { quantilesOf } from '../../packages/search-bayes/src/warping.ts'
import { meansOfBests, type StoredCurves } from '../multi-fidelity/tasks.ts'

/** Epochs of a curve that are looked at, besides the last: dense where much happens. */
const EPOCHS = [1, 2, 3, 6, 9, 18]
/** The weight of a series, however many configurations it has. */
const WEIGHT = 2000
/** The ridge on coefficients of standardised terms. */
const RIDGE = 30

/** One value to learn from. */
interface Row {
  readonly terms: Float64Array
  readonly place: number
  readonly weight: number
}

/**
 * The coefficients of an LSTM's prior mean by ridge regression: of each series the places of the values after several
 * numbers of epochs among all of them, as normal quantiles.
 */
export function fitPrior(series: readonly StoredCurves[]): number[] {
  const rows = series.flatMap(rowsOf)
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  const averageOf = (f: (row: Row) => number): number =>
    rows.reduce((sum, row) => sum + row.weight * f(row), 0) / total
  const centers = Array.from({ length: TERMS }, (_, i) => averageOf((row) => row.terms[i]!))
  const spreads = centers.map((center, i) => Math.sqrt(averageOf((row) => (row.terms[i]! - center) ** 2)))
  const place = averageOf((row) => row.place)
  // A term that is the same everywhere teaches nothing; the first one is the constant, which is not penalised.
  const used = spreads.flatMap((spread, i) => (spread > 1e-9 ? [i] : []))
  const n = used.length
  const matrix = new Float64Array(n * n)
  const right = new Float64Array(n)
  for (const row of rows) {
    const z = used.map((i) => (row.terms[i]! - centers[i]!) / spreads[i]!)
    for (let i = 0; i < n; i++) {
      const scaled = row.weight * z[i]!
      right[i]! += scaled * (row.place - place)
      for (let j = 0; j <= i; j++) matrix[i * n + j]! += scaled * z[j]!
    }
  }
  for (let k = 0; k < n; k++) matrix[k * n + k]! += RIDGE
  if (!choleskyInPlace(matrix, n)) throw new Error('The terms of the prior are not independent.')
  solveLower(matrix, n, right)
  const inverse = invertLower(matrix, n)
  const coefficients = new Array<number>(TERMS).fill(0)
  for (const [k, i] of used.entries()) {
    const solution = right.reduce((sum, value, row) => sum + inverse[row * n + k]! * value, 0)
    coefficients[i] = solution / spreads[i]!
  }
  coefficients[0] = place - coefficients.reduce((sum, c, i) => sum + c * centers[i]!, 0)
  return coefficients
}

function rowsOf(stored: StoredCurves): Row[] {
  const { space, objective, configurations, epochs } = stored
  const defaults = dataDefaultsOf(space.definition)
  const reached = meansOfBests(stored)
  const looked = [...EPOCHS.filter((epoch) => epoch < epochs), epochs]
  const base = readHyperparameters({}, {})
  const features = new Float64Array(FEATURES)
  const rows = configurations.flatMap((params, i) =>
    looked.map((epoch) => {
      const fidelity = epoch === epochs ? 1 : Math.log(epoch) / Math.log(epochs)
      writeFeatures(params, base, defaults, fidelity, features)
      const terms = new Float64Array(TERMS)
      writeTerms(features, terms)
      return { terms, value: reached[i]![epoch - 1]! }
    }),
  )
  const sign = objective.direction === 'minimize' ? -1 : 1
  const places = quantilesOf(Float64Array.from(rows, ({ value }) => sign * value))
  return rows.map(({ terms }, i) => ({ terms, place: places[i]!, weight: WEIGHT / rows.length }))
}
