/** A factory that `rondo` exports. */
export interface OwnPlugin {
  /** The field of a config that takes it. */
  readonly field: string
  /** The factory's name. */
  readonly call: string
  readonly does: string
}

const of = (field: string, call: string, does: string): OwnPlugin => ({ field, call, does })

/** The plugins that come with the command, by the fields of a config that take them. */
export const OWN_PLUGINS: readonly OwnPlugin[] = [
  of('data', 'csv', 'rows of CSV files as windows or sequences'),
  of('model', 'lstm', 'stacked LSTM layers'),
  of('search', 'bayes', 'Bayesian optimisation with a Gaussian process; the default'),
  of('search', 'random', 'uniform draws from the space'),
  of('search', 'grid', 'every configuration of a grid'),
  of('scheduler', 'fullBudget', 'every trial to the end; the default'),
  of('scheduler', 'asha', 'successive halving: most trials pause early, the best go on'),
  of('scheduler', 'hyperband', 'successive halving from several first budgets'),
  of('scheduler', 'medianStop', 'stops trials that are worse than the median'),
  of('splitter', 'holdout', 'the latest rows as validation; the default'),
  of('splitter', 'walkForward', 'folds that go forward in time'),
  of('splitter', 'kFold', 'k folds, overlaps purged'),
  of('splitter', 'stratified', 'k folds with the classes in proportion'),
  of('callbacks', 'earlyStopping', 'ends a trial that gets no better'),
  of('callbacks', 'checkpointBest', 'keeps the weights of the best epoch'),
  of('callbacks', 'nanGuard', 'ends a trial whose loss is not a number'),
  of('callbacks', 'reduceOnPlateau', 'lowers the learning rate where nothing gets better'),
  of('callbacks', 'learningRateSchedule', 'warm-up, cosine, exponential, linear'),
  of('callbacks', 'dropoutSchedule', 'a dropout rate that changes by epoch'),
  of('callbacks', 'timeLimit', 'ends a fold after so many milliseconds'),
  of('trainer', 'tfjsTrainer', 'trains tfjs models on WASM'),
  of('trainer', 'functionTrainer', 'calls a function of the params'),
  of('executor', 'processPool', 'trains in several processes; the default with data'),
  of('executor', 'inProcess', 'trains in this process'),
  of('plugins', 'adviceRule', 'a rule of advice on trials by hand'),
  of('store', 'sqliteStore', 'keeps studies on disk; the default'),
  of('store', 'memoryStore', 'keeps studies in memory'),
]
