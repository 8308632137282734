/**
 * The order in which someone who tunes by hand goes through the hyperparameters: the shape of the model first, then how
 * it is trained, then how it is kept from overfitting, then its inside. Steps of ten leave room for other rules.
 */
export const ORDER = {
  layers: 10,
  window: 20,
  units: 30,
  batchSize: 40,
  epochs: 50,
  learningRate: 60,
  gradient: 70,
  dropout: 80,
  gates: 90,
} as const
