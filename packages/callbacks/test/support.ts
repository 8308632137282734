import {
  CALLBACK,
  type Callback,
  compose,
  definePlugin,
  type EpochEnd,
  factory,
  minimize,
  type Objective,
  type Plugin,
  systemClock,
  TRAINER,
  type TrainingControl,
} from '@rondo/core'

/** A fold that does nothing but to call its callback as a trainer does, with values that are given. */
export interface Fold {
  readonly callback: Callback
  readonly control: TrainingControl & {
    readonly dropout: number | undefined
    readonly stopped: string | undefined
  }
  /** Epochs at whose end the weights were kept. */
  readonly kept: readonly number[]
  /** The learning rate that each update was made with. */
  readonly rates: readonly number[]
  /** Trains one epoch that ends with this value; false once it has been stopped. */
  epoch(value: number, metrics?: EpochEnd['metrics']): boolean
}

/** How a fold is run. */
export interface FoldOptions {
  readonly objective?: Objective
  readonly epochs?: number
  readonly updatesPerEpoch?: number
  readonly learningRate?: number
}

/** Makes the callback through composition, so that its options are checked as in a study. */
export function makeCallback(
  plugin: Plugin<readonly Callback[]>,
  others: readonly Plugin[] = [systemClock()],
): Callback {
  const user = definePlugin({
    name: 'user',
    provides: TRAINER,
    scope: 'study',
    inject: [factory(CALLBACK)],
    create: (make) => ({ run: () => Promise.reject(new Error('not run')), callbacks: make() }),
  })
  const made = compose([plugin, user, ...others]).resolve(TRAINER) as unknown as {
    readonly callbacks: readonly Callback[]
  }
  return made.callbacks[0]!
}

export function startFold(
  callback: Callback,
  options: FoldOptions = {},
  from?: { readonly epoch: number },
): Fold {
  const { objective = minimize('val_mae'), epochs = 10, updatesPerEpoch = 2, learningRate = 1 } = options
  let epoch = from?.epoch ?? 0
  let rate = learningRate
  let dropout: number | undefined
  let stopped: string | undefined
  const kept: number[] = []
  const rates: number[] = []
  const control = {
    get learningRate() {
      return rate
    },
    get dropout() {
      return dropout
    },
    get stopped() {
      return stopped
    },
    setLearningRate(value: number) {
      rate = value
    },
    setDropout(value: number) {
      dropout = value
    },
    keepBest() {
      kept.push(epoch)
    },
    stop(reason: string) {
      stopped ??= reason
    },
  }
  callback.onFoldStart?.({ trial: 0, fold: 0, params: {}, objective, epochs, updatesPerEpoch }, control)
  return {
    callback,
    control,
    kept,
    rates,
    epoch(value, metrics = {}) {
      for (let i = 0; i < updatesPerEpoch; i++) {
        callback.onUpdate?.(epoch * updatesPerEpoch + i, control)
        rates.push(rate)
      }
      epoch++
      callback.onEpochEnd?.({ epoch, value, metrics: { [objective.metric]: value, ...metrics } }, control)
      return stopped === undefined
    },
  }
}
