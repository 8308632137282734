/** What a study ranks its trials by: a metric in data units, and a direction. */
export interface Objective {
  readonly metric: string
  readonly direction: 'minimize' | 'maximize'
}

/** The smaller the better. */
export const minimize = (metric: string): Objective => ({ metric, direction: 'minimize' })
/** The larger the better. */
export const maximize = (metric: string): Objective => ({ metric, direction: 'maximize' })

/** Whether `a` is strictly better than `b`. */
export function isBetter(objective: Objective, a: number, b: number): boolean {
  return objective.direction === 'minimize' ? a < b : a > b
}
