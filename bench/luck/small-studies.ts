// How right the corrected score is in small studies, whose noise is known or taken for more than it is.
// node --conditions=rondo-source bench/luck/small-studies.ts [studies of each kind]
import { type Candidate, correctedScore } from '@rondo/analysis'
import { deriveRng, minimize } from '@rondo/core'
import { mean } from '../search/statistics.ts'

const STUDIES = Number(process.argv[2] ?? 600)

/** What came of the simulated studies of one kind, whose values have a noise of 1. */
interface Outcome {
  /** The mean of the corrected score less the winner's true value. */
  readonly bias: number
  /** The root mean square of the same. */
  readonly error: number
  /** The share in which the 90 % interval held the true value. */
  readonly held: number
}

/** @param spread The standard deviation of the true values. @param takenFor What the noise is taken for. */
function simulate(trials: number, spread: number, takenFor: number): Outcome {
  const studies = Array.from({ length: STUDIES }, (_, seed) => {
    const rng = deriveRng({ seed, purpose: `${trials} trials` })
    const truths = Array.from({ length: trials }, () => spread * rng.normal())
    const candidates = truths.map((truth, trial): Candidate => {
      const value = truth + rng.normal()
      return { trial, value, lastEpochs: epochsOf(takenFor) }
    })
    const { trial, corrected, interval } = correctedScore(candidates, {
      seed,
      objective: minimize('value'),
      samples: 300,
    })
    const truth = truths[trial]!
    return {
      error: corrected - truth,
      held: interval![0] <= truth && truth <= interval![1] ? 1 : 0,
    }
  })
  return {
    bias: mean(studies.map(({ error }) => error)),
    error: Math.sqrt(mean(studies.map(({ error }) => error ** 2))),
    held: mean(studies.map(({ held }) => held)),
  }
}

/** Epochs from which the noise is estimated to be just that: of a zigzag of height a it is 4a/√6. */
function epochsOf(noise: number): readonly number[] {
  const height = (noise * Math.sqrt(6)) / 4
  return Array.from({ length: 10 }, (_, epoch) => (epoch % 2 === 0 ? height : -height))
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
console.log('trials  spread  noise taken for   bias  error  held')
for (const trials of [3, 5, 8, 15, 30]) {
  for (const spread of [0, 0.5, 1, 2]) {
    for (const takenFor of [1, 1.6]) {
      const { bias, error, held } = simulate(trials, spread, takenFor)
      const cells = [bias.toFixed(2), error.toFixed(2), percent(held)]
      const [a, b, c] = cells.map((cell) => cell.padStart(5))
      console.log(
        `${String(trials).padStart(6)}  ${spread.toFixed(1).padStart(6)}  ${takenFor.toFixed(1).padStart(15)}  ${a}  ${b}  ${c}`,
      )
    }
  }
}
