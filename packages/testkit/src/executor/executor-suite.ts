import {
  type ArtifactStore,
  compose,
  EXECUTOR,
  type Executor,
  type Leg,
  type LegMessage,
  type LegResult,
  memoryStore,
  type Plugin,
  prepareStudy,
  RondoError,
  STORE,
  systemClock,
} from '@rondo/core'
import { brokenRule, mustHold, mustNotThrow, same, show } from '../broken-rule.ts'
import { withInstance } from '../make-instance.ts'
import type { Check, Suite } from '../suite.ts'
import { CHATTER, type Exercise, exerciseStudy, exerciseTrainer, measurementsOf } from './exercise-study.ts'

/** What the checks of an executor are given. */
export interface ExecutorSubject {
  plugin(): Plugin<Executor>
  /** The file URL of a module `export default exerciseStudy()`, where legs run in other processes. */
  readonly module?: string
}

interface Running {
  readonly executor: Executor
  readonly artifacts: ArtifactStore
}

const bringsResults: Check<ExecutorSubject> = {
  name: 'brings back what the trainer measured, bit for bit',
  run: (subject) =>
    withExecutor(subject, async (running) => {
      const leg = legOf('measure', { trial: 4, number: 12, tags: { rung: 2 } })
      const { result, messages } = await runLeg(running, leg)
      const expected = measurementsOf(leg)
      mustHold(
        same(result.measurements, expected),
        'An executor must bring back every measurement, NaN and infinities included',
        () => `${show(expected)} came back as ${show(result.measurements)}`,
      )
      mustHold(
        result.outcome === 'reached' && same(result.summary, { trial: 4, seed: leg.seed, tags: leg.tags }),
        'An executor must hand the leg to the trainer as it is, and its result back',
        () => `the result was ${show(result)}`,
      )
      const measured = messages.filter((message) => message.type === 'measured')
      mustHold(
        same(
          measured.map(({ measurement }) => measurement),
          expected,
        ),
        'An executor must pass on what the leg says',
        () => `it passed on ${show(messages)}`,
      )
    }),
}

const keepsOrder: Check<ExecutorSubject> = {
  name: 'passes on messages in order, all of them before the result',
  run: (subject) =>
    withExecutor(subject, async (running) => {
      const { messages } = await runLeg(running, legOf('chatter'))
      const notes = messages.map((message) => (message.type === 'noted' ? message.note : message.type))
      const expected = Array.from({ length: CHATTER }, (_, i) => String(i))
      mustHold(
        same(notes, expected),
        'An executor must pass on messages in order, all of them before the result',
        () => `of ${CHATTER} there were ${notes.length} when the result came: ${show(notes)}`,
      )
    }),
}

const carriesArtifacts: Check<ExecutorSubject> = {
  name: 'lets a leg write artifacts and a later leg go on from them',
  run: (subject) =>
    withExecutor(subject, async (running) => {
      const { result: first } = await runLeg(running, legOf('carry', { leg: 0 }))
      mustHold(
        first.checkpoint !== undefined && first.summary?.count === 1,
        'A leg must be able to write an artifact and read it back',
        () => `it came to ${show(first)}`,
      )
      const { checkpoint } = first
      const files = await mustNotThrow('What a leg writes must be in the study’s artifact store', () =>
        running.artifacts.read(checkpoint),
      )
      mustHold(
        files['count.bin']?.[0] === 1 && files['deep/noise.bin']?.length === 100_000,
        'What a leg writes must be in the study’s artifact store',
        () => `the store has ${Object.keys(files).join(', ')}`,
      )
      const { result: second } = await runLeg(running, legOf('carry', { leg: 1, from: checkpoint }))
      mustHold(
        second.summary?.count === 2,
        'A leg must be able to read the checkpoint that it goes on from',
        () => `it came to ${show(second.summary)}`,
      )
    }),
}

const codedErrors: Check<ExecutorSubject> = {
  name: 'keeps a coded error as it is',
  run: (subject) =>
    withExecutor(subject, async (running) => {
      const error = await failureOf(running, legOf('fail', { trial: 9 }))
      const seen = error instanceof RondoError ? error.toJSON() : error
      const expected = {
        code: 'RONDO_TRAIN_DIVERGED',
        message: 'The loss became NaN.',
        value: { epoch: 2 },
        place: { trial: 9 },
        remedy: 'Lower it.',
      }
      mustHold(
        same(seen, expected),
        'A coded error of a leg must come back with code, value, place and remedy',
        () => `it came back as ${show(seen)}`,
      )
      const missing = await failureOf(running, legOf('missing'))
      mustHold(
        missing instanceof RondoError && missing.code === 'RONDO_ARTIFACT_MISSING',
        'An error of the artifact store must reach the leg with its code',
        () => `it came back as ${show(missing)}`,
      )
    }),
}

const otherErrors: Check<ExecutorSubject> = {
  name: 'keeps the message of any other error, and goes on',
  run: (subject) =>
    withExecutor(subject, async (running) => {
      const error = await failureOf(running, legOf('throw'))
      mustHold(
        error instanceof Error && error.message.includes('a bug in the trainer'),
        'What a leg throws must come back with its message',
        () => `it came back as ${show(error)}`,
      )
      const { result } = await runLeg(running, legOf('measure'))
      mustHold(
        result.outcome === 'reached',
        'An executor must go on after a leg that threw',
        () => `the next leg came to ${show(result)}`,
      )
    }),
}

const interrupts: Check<ExecutorSubject> = {
  name: 'interrupts a running leg, which writes a checkpoint',
  run: (subject) =>
    withExecutor(subject, async ({ executor, artifacts }) => {
      const handle = executor.run(legOf('wait'), artifacts, () => {})
      handle.interrupt()
      const result = await handle.result
      mustHold(
        result.outcome === 'interrupted' && result.checkpoint !== undefined,
        'An interrupted leg must end as `interrupted`, with its checkpoint',
        () => `it ended as ${show(result)}`,
      )
      const { checkpoint } = result
      await mustNotThrow('The checkpoint of an interrupted leg must be in the study’s artifact store', () =>
        artifacts.read(checkpoint),
      )
      handle.interrupt()
      const { result: next } = await runLeg({ executor, artifacts }, legOf('measure'))
      mustHold(
        next.outcome === 'reached',
        'An interruption must end its own leg only',
        () => `the next leg ended as ${show(next)}`,
      )
    }),
}

const runsTogether: Check<ExecutorSubject> = {
  name: 'runs as many legs at a time as it says',
  run: (subject) =>
    withExecutor(subject, async ({ executor, artifacts }) => {
      const { concurrency } = executor
      mustHold(
        Number.isInteger(concurrency) && concurrency >= 1,
        'An executor must say how many legs it runs at a time, at least 1',
        () => `it says ${show(concurrency)}`,
      )
      const together = Math.min(concurrency, 4)
      const results = await Promise.all(
        Array.from({ length: together }, (_, trial) => {
          const leg = legOf('meet', { trial, number: together })
          return executor.run(leg, artifacts, () => {}).result
        }),
      )
      mustHold(
        results.every(({ outcome }) => outcome === 'reached'),
        'An executor must run as many legs at a time as it says',
        () => `it says ${concurrency}; of ${together} legs some waited in vain for the others`,
      )
    }),
}

/** Rules for every executor. */
export const executorSuite: Suite<ExecutorSubject> = {
  name: 'executor',
  checks: [bringsResults, keepsOrder, carriesArtifacts, codedErrors, otherErrors, interrupts, runsTogether],
}

async function withExecutor(
  { plugin, module }: ExecutorSubject,
  use: (running: Running) => Promise<void>,
): Promise<void> {
  const prepared = await prepareStudy(exerciseStudy(), module === undefined ? {} : { module })
  const { spec } = prepared
  await prepared.dispose()
  const composition = compose([memoryStore(), systemClock()])
  const log = composition.resolve(STORE).create('exercise')
  const surroundings = { plugins: [exerciseTrainer(), systemClock()] }
  await withInstance(
    plugin(),
    EXECUTOR,
    async (executor) => {
      await executor.prepare?.(spec)
      await use({ executor, artifacts: log.artifacts })
    },
    surroundings,
  )
}

function legOf(
  exercise: Exercise,
  { number = 1, ...more }: Partial<Leg> & { readonly number?: number } = {},
): Leg {
  return {
    kind: 'train',
    trial: 0,
    leg: 0,
    attempt: 0,
    params: { exercise, number },
    seed: 17,
    objective: { metric: 'value', direction: 'minimize' },
    budget: { epochs: 3, folds: 1 },
    fullBudget: { epochs: 3, folds: 1 },
    tags: {},
    ...more,
  }
}

async function runLeg(
  { executor, artifacts }: Running,
  leg: Leg,
): Promise<{ readonly result: LegResult; readonly messages: readonly LegMessage[] }> {
  const messages: LegMessage[] = []
  const result = await executor.run(leg, artifacts, (message) => messages.push(message)).result
  return { result, messages: [...messages] }
}

async function failureOf({ executor, artifacts }: Running, leg: Leg): Promise<unknown> {
  let result: LegResult
  try {
    result = await executor.run(leg, artifacts, () => {}).result
  } catch (error) {
    return error
  }
  throw brokenRule('A leg that threw must fail', `it came to ${show(result)}`)
}
