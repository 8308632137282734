import { choice, csv, defineConfig, float, int, lstm, minimize } from 'rondo'

/**
 * Births one day ahead, for tuning by hand: everything that one may want to try is in the space, so that all trials
 * are of one study and can be compared. The default of each is what a first trial has.
 */
export default defineConfig({
  name: 'hand',
  data: csv(new URL('births.csv', import.meta.url), {
    target: 'births',
    calendar: true,
    lags: [7, 364],
  }),
  model: lstm(),
  space: {
    // What the model sees.
    window: choice([7, 14, 28, 56], { default: 28 }),
    lags: choice(['none', '7', '364', 'all']),
    scale: choice(['standard', 'minmax', 'robust', 'log1p']),
    targetTransform: choice(['level', 'difference', 'difference-7', 'window']),
    // Its layers.
    cell: choice(['lstm', 'gru']),
    layers: int(1, 2, { default: 1 }),
    units: int(4, 128, { log: true, default: 32 }),
    'units[2]': int(4, 64, { log: true, default: 16, when: { layers: { min: 2 } } }),
    bidirectional: choice([false, true]),
    headUnits: choice([0, 8, 16, 32]),
    // How it is trained.
    batchSize: int(8, 256, { log: true, default: 32 }),
    optimizer: choice(['adam', 'rmsprop', 'adamw', 'sgd']),
    learningRate: float(1e-5, 1, { log: true, default: 0.005 }),
    loss: choice(['mse', 'mae', 'huber']),
    clipNorm: choice([1, 0, 5]),
    l2: float(0, 0.01, { default: 0 }),
    weightDecay: float(0, 0.1, { default: 0.004, when: { optimizer: 'adamw' } }),
    // Against overfitting.
    dropout: float(0, 0.6, { default: 0 }),
    recurrentDropout: float(0, 0.6, { default: 0 }),
    // The inside of its cells.
    activation: choice(['tanh', 'relu', 'sigmoid']),
    recurrentActivation: choice(['sigmoid', 'hardSigmoid']),
    forgetBias: float(-2, 4, { default: 1 }),
    inputBias: float(-2, 2, { default: 0 }),
    outputBias: float(-2, 2, { default: 0 }),
    kernelInitializer: choice(['glorotUniform', 'heUniform', 'leCunNormal']),
    recurrentInitializer: choice(['orthogonal', 'glorotUniform']),
  },
  objective: minimize('val_mae'),
  epochs: 20,
  trials: 20,
  seed: 1,
})
