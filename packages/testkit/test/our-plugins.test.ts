import {
  checkpointBest,
  dropoutSchedule,
  earlyStopping,
  learningRateSchedule,
  nanGuard,
  reduceOnPlateau,
  timeLimit,
} from '@rondo/callbacks'
import { fullBudget, inProcess, memoryStore } from '@rondo/core'
import { lstm } from '@rondo/models-lstm'
import { asha, hyperband, medianStop } from '@rondo/scheduler-asha'
import { bayes } from '@rondo/search-bayes'
import { grid } from '@rondo/search-grid'
import { random } from '@rondo/search-random'
import { holdout, kFold, stratified, walkForward } from '@rondo/splitters'
import { describe, test } from 'vitest'
import {
  callbackSuite,
  executorSuite,
  modelBuilderSuite,
  type Suite,
  schedulerSuite,
  searchStrategySuite,
  splitterSuite,
  storeSuite,
} from '../src/index.ts'

/** Our own plugins keep the rules that we ask of others. */
function testAll<S>(suite: Suite<S>, subjects: { readonly [title: string]: S }): void {
  for (const [title, subject] of Object.entries(subjects)) {
    describe(`${suite.name} ${title}`, () => {
      for (const check of suite.checks) test(check.name, () => check.run(subject))
    })
  }
}

testAll(searchStrategySuite, {
  'random()': random,
  'grid()': grid,
  'grid({ order: "shuffled" })': () => grid({ order: 'shuffled' }),
  'grid({ levels: 10,000 })': () => grid({ order: 'shuffled', levels: 10_000 }),
  'bayes()': bayes,
})
testAll(schedulerSuite, {
  'fullBudget()': fullBudget,
  'asha()': asha,
  'hyperband()': hyperband,
  'medianStop()': medianStop,
})
testAll(splitterSuite, {
  'holdout()': holdout,
  'holdout({ validation: 30, gap: 4 })': () => holdout({ validation: 30, gap: 4 }),
  'kFold()': kFold,
  'kFold({ folds: 3, purge: 5 })': () => kFold({ folds: 3, purge: 5 }),
  'stratified()': stratified,
  'walkForward()': walkForward,
  'walkForward({ folds: 4, train: 100, gap: 2 })': () => walkForward({ folds: 4, train: 100, gap: 2 }),
})
testAll(callbackSuite, {
  'checkpointBest()': checkpointBest,
  'dropoutSchedule()': () => dropoutSchedule({ kind: 'linear', from: 0.1, to: 0.5 }),
  'earlyStopping()': () => earlyStopping({ patience: 3, minDelta: 0.01 }),
  'learningRateSchedule()': () => learningRateSchedule({ kind: 'cosine', warmup: 0.1 }),
  'nanGuard()': nanGuard,
  'reduceOnPlateau()': () => reduceOnPlateau({ patience: 2, cooldown: 1 }),
  'timeLimit()': () => timeLimit({ ms: 1000 }),
})
testAll(modelBuilderSuite, { 'lstm()': lstm, 'lstm({ layers: 2 })': () => lstm({ layers: 2 }) })
testAll(executorSuite, {
  'inProcess()': { plugin: inProcess },
  'inProcess({ concurrency: 3 })': { plugin: () => inProcess({ concurrency: 3 }) },
})
testAll(storeSuite, { 'memoryStore()': memoryStore })
