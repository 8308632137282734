import {
  type ArtifactStore,
  compose,
  definePlugin,
  EXECUTOR,
  type Executor,
  type JsonObject,
  type Leg,
  type LegResult,
  LOGGER,
  memoryStore,
  type Plugin,
  prepareStudy,
  RondoError,
  STORE,
  type StudySpec,
  systemClock,
} from '@rondo/core'
import study, { type Behaviour } from './fixtures/misbehaving.ts'

const fixture = new URL('./fixtures/misbehaving.ts', import.meta.url).href

/** The spec of the misbehaving study. */
export async function specOf(
  overrides: JsonObject = {},
  module: string | undefined = fixture,
): Promise<StudySpec> {
  const prepared = await prepareStudy(await study(overrides), {
    ...(module === undefined ? {} : { module }),
    overrides,
    environment: { rondo: '0.1.0', node: process.versions.node, arch: process.arch },
  })
  await prepared.dispose()
  return prepared.spec
}

/** A pool that has taken the study, with everything that it needs. */
export interface OpenPool extends AsyncDisposable {
  readonly executor: Executor
  readonly artifacts: ArtifactStore
  /** What the workers wrote to their standard streams. */
  readonly lines: readonly string[]
  run(behaviour: Behaviour, more?: { readonly ms?: number }): Promise<LegResult>
  pids(): Promise<readonly number[]>
}

export async function openPool(plugin: Plugin<Executor>, spec?: StudySpec): Promise<OpenPool> {
  const lines: string[] = []
  const logger = definePlugin({
    name: 'lines',
    provides: LOGGER,
    scope: 'process',
    create: () => ({
      debug: (_: object, line: string) => lines.push(line),
      info() {},
      warn() {},
      error() {},
    }),
  })
  const composition = compose([plugin, systemClock(), memoryStore(), logger])
  const executor = composition.resolve(EXECUTOR)
  const { artifacts } = composition.resolve(STORE).create('study')
  try {
    await executor.prepare?.(spec ?? (await specOf()))
  } catch (error) {
    await composition.dispose()
    throw error
  }
  const run = (behaviour: Behaviour, { ms = 0 } = {}): Promise<LegResult> =>
    executor.run(legOf(behaviour, ms), artifacts, () => {}).result
  return {
    executor,
    artifacts,
    lines,
    run,
    async pids() {
      const results = await Promise.all(Array.from({ length: executor.concurrency }, () => run('pid')))
      return results.map(({ summary }) => summary?.pid as number)
    },
    [Symbol.asyncDispose]: () => composition.dispose(),
  }
}

export const legOf = (behaviour: Behaviour, ms = 0): Leg => ({
  kind: 'train',
  trial: 0,
  leg: 0,
  attempt: 0,
  params: { behaviour, ms },
  seed: 3,
  objective: { metric: 'value', direction: 'minimize' },
  budget: { epochs: 1, folds: 1 },
  fullBudget: { epochs: 1, folds: 1 },
  tags: {},
})

/** The coded error that a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<RondoError> {
  const error: unknown = await promise.then(
    (value) => new Error(`it came to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (error instanceof RondoError) return error
  throw error
}

/** Whether a process runs; one that has ended and was not waited for does not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until something holds. */
export async function until(holds: () => boolean, what: string, ms = 10_000): Promise<void> {
  for (let waited = 0; waited < ms; waited += 20) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`waited in vain until ${what}`)
}
