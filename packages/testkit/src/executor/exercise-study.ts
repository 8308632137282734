import {
  choice,
  definePlugin,
  int,
  type Leg,
  type LegContext,
  type LegResult,
  type Measurement,
  minimize,
  type Plugin,
  RondoError,
  SEARCH_STRATEGY,
  type SearchStrategy,
  type StudyConfig,
  TRAINER,
  type Trainer,
} from '@rondo/core'

/** What a leg of the exercise does. */
export type Exercise = 'measure' | 'carry' | 'fail' | 'throw' | 'wait' | 'missing' | 'chatter' | 'meet'

const EXERCISES: readonly Exercise[] = [
  'measure',
  'carry',
  'fail',
  'throw',
  'wait',
  'missing',
  'chatter',
  'meet',
]

/** Messages of the exercise `chatter`. */
export const CHATTER = 200
/** An interrupted leg looks so often whether it is. */
const LOOK_MS = 5
/** An interruption comes right after the start of its leg, or not at all. */
const LONGEST_WAIT_MS = 3_000
/** Workers of a loaded machine take their time to start. */
const LONGEST_MEETING_MS = 8_000

/**
 * The study that {@link executorSuite} gives out legs of. An executor whose workers are other processes is checked with
 * a module of one line, whose file URL the suite is given:
 *
 * ```ts
 * export default exerciseStudy()
 * ```
 */
export const exerciseStudy = (): StudyConfig => ({
  name: 'exercise',
  space: { exercise: choice(EXERCISES as readonly string[]), number: int(0, 1000) },
  objective: minimize('value'),
  search: noSuggestions(),
  trainer: exerciseTrainer(),
  epochs: 3,
})

/** The trainer of {@link exerciseStudy}: does what the params of the leg say. */
export const exerciseTrainer = (): Plugin<Trainer> =>
  definePlugin({
    name: 'exercise',
    provides: TRAINER,
    scope: 'study',
    create: () => ({ run: (leg, context) => exercises[leg.params.exercise as Exercise](leg, context) }),
  })

/** The suite gives out its legs itself. */
const noSuggestions = (): Plugin<SearchStrategy> =>
  definePlugin({
    name: 'no-suggestions',
    provides: SEARCH_STRATEGY,
    scope: 'study',
    create: () => ({ suggest: () => 'exhausted' }),
  })

type Exercises = { readonly [E in Exercise]: (leg: Leg, context: LegContext) => Promise<LegResult> }

const exercises: Exercises = {
  async measure(leg, { send }) {
    const measurements = measurementsOf(leg)
    for (const measurement of measurements) send({ type: 'measured', measurement })
    return { outcome: 'reached', measurements, summary: { trial: leg.trial, seed: leg.seed, tags: leg.tags } }
  },

  async carry(leg, { artifacts, send }) {
    const before = leg.from === undefined ? 0 : (await artifacts.read(leg.from))['count.bin']![0]!
    const name = `trials/${leg.trial}/checkpoint-${leg.leg}`
    const checkpoint = await artifacts.write(name, {
      'count.bin': Uint8Array.of(before + 1),
      'deep/noise.bin': Uint8Array.from({ length: 100_000 }, (_, i) => i % 251),
    })
    send({ type: 'checkpointed', checkpoint, measured: 0 })
    const back = await artifacts.read(checkpoint)
    return { outcome: 'reached', measurements: [], checkpoint, summary: { count: back['count.bin']![0]! } }
  },

  async fail({ trial }) {
    throw new RondoError('RONDO_TRAIN_DIVERGED', {
      message: 'The loss became NaN.',
      value: { epoch: 2 },
      place: { trial },
      remedy: 'Lower it.',
    })
  },

  async throw() {
    throw new TypeError('a bug in the trainer')
  },

  async wait({ trial }, { signal, artifacts }) {
    for (let waited = 0; !signal.aborted && waited < LONGEST_WAIT_MS; waited += LOOK_MS) await pause()
    const checkpoint = await artifacts.write(`trials/${trial}/midway`, {
      'state.json': Uint8Array.of(123, 125),
    })
    return { outcome: signal.aborted ? 'interrupted' : 'reached', measurements: [], checkpoint }
  },

  async missing(_, { artifacts }) {
    await artifacts.read({ name: 'trials/0/nothing', sha256: '0'.repeat(64) })
    return { outcome: 'reached', measurements: [] }
  },

  async chatter(_, { send }) {
    for (let i = 0; i < CHATTER; i++) send({ type: 'noted', note: String(i) })
    return { outcome: 'reached', measurements: [] }
  },

  /** Waits until as many legs as `number` says have come. */
  async meet({ trial, params }, { artifacts }) {
    await artifacts.write(`meeting/${trial}`, { here: Uint8Array.of(1) })
    for (let waited = 0; waited < LONGEST_MEETING_MS; waited += LOOK_MS) {
      const here = (await artifacts.list()).filter((name) => name.startsWith('meeting/'))
      if (here.length >= (params.number as number)) return { outcome: 'reached', measurements: [] }
      await pause()
    }
    return { outcome: 'ended', measurements: [] }
  },
}

/** What the exercise `measure` reports: among others the numbers that JSON does not have. */
export function measurementsOf({ budget, params }: Pick<Leg, 'budget' | 'params'>): readonly Measurement[] {
  const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]
  return Array.from({ length: budget.epochs }, (_, i) => ({
    fold: 0,
    epoch: i + 1,
    metrics: { value: (params.number as number) / (i + 1), loss: strange[i % strange.length]! },
  }))
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_MS))
