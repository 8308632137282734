import type { ArtifactRef } from '../contracts/artifacts.ts'
import { isBetter, type Objective } from '../contracts/objective.ts'
import type { Standing } from './standing.ts'

/** The configuration that ranks first. */
export interface Leader {
  /** Its params, as `Space.keyOf` writes them. */
  readonly key: string
  /** The best of its trials, whose model stands for it. */
  readonly trial: number
  /** The mean of those of its trials that have come the furthest. */
  readonly value: number
  readonly folds: number
  readonly model?: ArtifactRef
}

/**
 * Ranks configurations: more folds before fewer, then by the mean over a configuration's trials, then the lower trial
 * number. Of trials that repeat the same params none counts for its luck alone. Whatever the order in which results
 * come, the same ranks first.
 */
export class Ranking {
  readonly #objective: Objective
  readonly #groups = new Map<string, readonly Standing[]>()
  #leader: Leader | undefined

  constructor(objective: Objective) {
    this.#objective = objective
  }

  get leader(): Leader | undefined {
    return this.#leader
  }

  /** So many configurations, the first ones, in their order. */
  first(count: number): readonly Leader[] {
    const all = [...this.#groups].map(([key, group]) => this.#summary(key, group))
    return all.sort((a, b) => (this.ranksBefore(a, b) ? -1 : 1)).slice(0, count)
  }

  /** Adds a trial's standing, or replaces it: a trial goes further with each of its legs. */
  record(key: string, standing: Standing): void {
    this.#leader = this.leaderAfter(key, standing)
    this.#groups.set(key, this.#groupWith(key, standing))
  }

  /** Who will rank first once `standing` is recorded. */
  leaderAfter(key: string, standing: Standing): Leader {
    const own = this.#summary(key, this.#groupWith(key, standing))
    const leader = this.#leader
    if (leader === undefined || this.ranksBefore(own, leader)) return own
    if (leader.key !== key) return leader
    // The leader has lost by a repetition: any other may now be first.
    let first = own
    for (const [other, group] of this.#groups) {
      if (other === key) continue
      const summary = this.#summary(other, group)
      if (this.ranksBefore(summary, first)) first = summary
    }
    return first
  }

  ranksBefore(a: Leader, b: Leader): boolean {
    if (a.folds !== b.folds) return a.folds > b.folds
    if (a.value !== b.value) return isBetter(this.#objective, a.value, b.value)
    return a.trial < b.trial
  }

  #groupWith(key: string, standing: Standing): readonly Standing[] {
    const others = (this.#groups.get(key) ?? []).filter(({ trial }) => trial !== standing.trial)
    return [...others, standing].sort((a, b) => a.trial - b.trial)
  }

  /**
   * Only the trials on the most folds count, as values on fewer are of other rows; of them those with the most epochs: a
   * repetition that its scheduler has paused early is not worse than what it repeats.
   */
  #summary(key: string, group: readonly Standing[]): Leader {
    const furthest = (of: readonly Standing[], how: 'folds' | 'epochs'): readonly Standing[] => {
      const most = Math.max(...of.map((standing) => standing[how]))
      return of.filter((standing) => standing[how] === most)
    }
    const counted = furthest(furthest(group, 'folds'), 'epochs')
    const value = counted.reduce((sum, standing) => sum + standing.value, 0) / counted.length
    const best = counted.reduce((a, b) => (isBetter(this.#objective, b.value, a.value) ? b : a))
    return { ...best, key, value }
  }
}
