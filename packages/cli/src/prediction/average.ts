import type { Interval, Prediction } from '@rondo/dataset'

/**
 * The mean of what several models say of the same rows: of numbers, probabilities, quantiles and bounds. Of classes the
 * one that most models decide for; where as many decide for another, the one with the larger mean probability.
 *
 * @param models For each model its predictions, of the same rows and steps in the same order.
 */
export function averaged(models: readonly (readonly Prediction[])[]): readonly Prediction[] {
  const [first = [], ...others] = models
  if (others.length === 0) return first
  return first.map((prediction, i) => averageOf([prediction, ...others.map((other) => other[i]!)]))
}

function averageOf(all: readonly Prediction[]): Prediction {
  const [first] = all
  const { probabilities, quantiles, intervals, values } = first!
  const mean =
    probabilities &&
    meansBy(
      probabilities,
      all.map((one) => one.probabilities!),
    )
  return {
    ...first!,
    values: mapped(values, (value, target) =>
      typeof value === 'number'
        ? meanOf(all.map((one) => one.values[target] as number))
        : mostDecided(
            all.map((one) => String(one.values[target])),
            mean ?? {},
          ),
    ),
    ...(mean && { probabilities: mean }),
    ...(quantiles && {
      quantiles: mapped(quantiles, (own, target) =>
        meansBy(
          own,
          all.map((one) => one.quantiles![target]!),
        ),
      ),
    }),
    ...(intervals && {
      intervals: mapped(intervals, (own, target) =>
        own.map(({ coverage }, i): Interval => {
          const bounds = all.map((one) => one.intervals![target]![i]!)
          return {
            coverage,
            lower: meanOf(bounds.map(({ lower }) => lower)),
            upper: meanOf(bounds.map(({ upper }) => upper)),
          }
        }),
      ),
    }),
  }
}

type ByName<T> = { readonly [name: string]: T }

const mapped = <T, U>(object: ByName<T>, change: (value: T, name: string) => U): ByName<U> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))

const meansBy = (names: ByName<unknown>, all: readonly ByName<number>[]): ByName<number> =>
  mapped(names, (_, name) => meanOf(all.map((one) => one[name]!)))

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function mostDecided(decisions: readonly string[], probabilities: ByName<number>): string {
  const votes = new Map<string, number>()
  for (const decision of decisions) votes.set(decision, (votes.get(decision) ?? 0) + 1)
  const [winner] = [...votes].sort(
    ([a, n], [b, m]) => m - n || (probabilities[b] ?? 0) - (probabilities[a] ?? 0),
  )
  return winner![0]
}
