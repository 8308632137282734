import type { Plugin, Scheduler, SearchStrategy, Splitter } from '@rondo/core'
import type { SchedulerName, SearchName, SplitterName } from '../flags/study-flags.ts'
import { noPlaceFor } from './flag-errors.ts'

const SEARCH: { readonly [name in SearchName]: () => Promise<Plugin<SearchStrategy>> } = {
  bayes: async () => (await import('@rondo/search-bayes')).bayes(),
  random: async () => (await import('@rondo/search-random')).random(),
  grid: async () => (await import('@rondo/search-grid')).grid(),
}

const SCHEDULER: { readonly [name in SchedulerName]: () => Promise<Plugin<Scheduler>> } = {
  full: async () => (await import('@rondo/core')).fullBudget(),
  asha: async () => (await import('@rondo/scheduler-asha')).asha(),
  hyperband: async () => (await import('@rondo/scheduler-asha')).hyperband(),
  'median-stop': async () => (await import('@rondo/scheduler-asha')).medianStop(),
}

/** What `--search` names, with its defaults. */
export const namedSearch = (name: SearchName): Promise<Plugin<SearchStrategy>> => SEARCH[name]()

/** What `--scheduler` names, with its defaults. */
export const namedScheduler = (name: SchedulerName): Promise<Plugin<Scheduler>> => SCHEDULER[name]()

/** What `--splitter` names, with its defaults but for the number of folds. */
export async function namedSplitter(name: SplitterName, folds?: number): Promise<Plugin<Splitter>> {
  const { holdout, kFold, stratified, walkForward } = await import('@rondo/splitters')
  const options = folds === undefined ? {} : { folds }
  switch (name) {
    case 'holdout':
      if (folds !== undefined && folds > 1) throw noPlaceFor('--folds', 'splitter', 'a splitter with folds')
      return holdout()
    case 'walk-forward':
      return walkForward(options)
    case 'k-fold':
      return kFold(options)
    case 'stratified':
      return stratified(options)
  }
}

/** The config's splitter with another number of folds; walk-forward where it has none, or one without folds. */
export async function withFolds(
  splitter: Plugin<Splitter> | undefined,
  folds: number,
): Promise<Plugin<Splitter>> {
  const { holdout, kFold, stratified, walkForward } = await import('@rondo/splitters')
  const options = { ...(splitter?.options as object | undefined), folds }
  switch (splitter?.name) {
    case undefined:
    case 'holdout':
      return folds === 1 ? holdout() : walkForward({ folds })
    case 'walkForward':
      return walkForward(options)
    case 'kFold':
      return kFold(options)
    case 'stratified':
      return stratified(options)
    default:
      throw noPlaceFor('--folds', 'splitter', 'walkForward(…), kFold(…) or stratified(…)')
  }
}
