/**
 * Writes what our own curves teach of LSTMs into the package that ships it: see README.md.
 *
 *   node --conditions=rondo-source bench/curves/write-prior.ts
 */
import { writeFileSync } from 'node:fs'
import { ownCurves } from '../multi-fidelity/own-curves.ts'
import { fitPrior } from './fit-prior.ts'
import { curvesFolder } from './folder.ts'

const series = ownCurves(curvesFolder())
const numbers = fitPrior(series).map((c) => Number(c.toPrecision(6)))
writeFileSync(
  new URL('../../packages/models-lstm/src/prior/coefficients.ts', import.meta.url),
  `/**
 * One for each term of the polynomial (\`writeTerms\`), fitted by bench/curves/write-prior.ts,
 * which wrote this file, to the learning curves of ${series.map(({ name }) => name).join(', ')}.
 */
export const COEFFICIENTS: readonly number[] = [
${numbers.map((c) => `  ${c},`).join('\n')}
]
`,
)
