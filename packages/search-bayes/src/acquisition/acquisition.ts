import { inverseMills, logExpectedExcess, logNormalCdf, normalCdf, normalPdf } from '../numerics/normal.ts'

/**
 * What a point promises, of its predicted mean and standard deviation; the larger the better. `byMean` and `bySd` are
 * the derivatives.
 */
export interface Merit {
  readonly value: number
  readonly byMean: number
  readonly bySd: number
}

export type AcquisitionName = 'logei' | 'ei' | 'pi' | 'ucb'

export interface AcquisitionOptions {
  readonly acquisition: AcquisitionName
  /** Standard deviations that `ucb` adds to the mean. */
  readonly kappa: number
  /** By how much `ei` and `pi` want the incumbent surpassed, in standard deviations of the warped targets. */
  readonly xi: number
}

/**
 * What a merit is, from which follows how those under several posteriors become one, and how the probability of success
 * bears on it: a `logarithm` of something that is averaged itself, an `amount`, or a `score` whose zero means nothing.
 */
export type MeritScale = 'logarithm' | 'amount' | 'score'

export const meritScaleOf = (acquisition: AcquisitionName): MeritScale =>
  acquisition === 'ei' ? 'amount' : acquisition === 'ucb' ? 'score' : 'logarithm'

/** A function of mean and standard deviation (> 0). */
export type Acquisition = (mean: number, sd: number) => Merit

/**
 * The acquisition function over an incumbent, the value to be surpassed.
 *
 * - `logei`: ln E[max(0, f − best)] (Ament et al. 2023)
 * - `ei`: E[max(0, f − best − xi)] (Jones, Schonlau and Welch 1998)
 * - `pi`: P(f > best + xi), as its logarithm, which has the same maximum (Kushner 1964)
 * - `ucb`: mean + kappa·sd (Srinivas et al. 2010)
 *
 * f is the function without noise.
 */
export function acquisitionOver(best: number, { acquisition, kappa, xi }: AcquisitionOptions): Acquisition {
  switch (acquisition) {
    case 'logei':
      return (mean, sd) => {
        const z = (mean - best) / sd
        const { value, slope } = logExpectedExcess(z)
        return { value: Math.log(sd) + value, byMean: slope / sd, bySd: (1 - slope * z) / sd }
      }
    case 'ei':
      return (mean, sd) => {
        const z = (mean - best - xi) / sd
        const cdf = normalCdf(z)
        const pdf = normalPdf(z)
        return { value: sd * (pdf + z * cdf), byMean: cdf, bySd: pdf }
      }
    case 'pi':
      return (mean, sd) => {
        const z = (mean - best - xi) / sd
        const slope = inverseMills(z)
        return { value: logNormalCdf(z), byMean: slope / sd, bySd: (-slope * z) / sd }
      }
    case 'ucb':
      return (mean, sd) => ({ value: mean + kappa * sd, byMean: 1, bySd: kappa })
  }
}
