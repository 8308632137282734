import type { Loss, PreparedFold } from '@rondo/core'

/**
 * Metrics of the constant outputs that have the least loss on a fold's train samples: what a model predicts that has
 * learned nothing from its inputs.
 */
export function constantScore(data: PreparedFold, loss: Loss): { readonly [metric: string]: number } {
  const { outputs: width } = data
  const constant = Float32Array.from({ length: width }, (_, output) => bestConstant(data, loss, output))
  const outputs = new Float32Array(data.validationStarts.length * width)
  for (let i = 0; i < outputs.length; i++) outputs[i] = constant[i % width]!
  return data.score(outputs)
}

/** The weighted mean of an output's targets, or their quantile where the loss is one of quantiles. */
function bestConstant(
  { targets, outputs, trainTargets, weights }: PreparedFold,
  loss: Loss,
  output: number,
): number {
  const share = quantileOf(loss, output)
  const known = Array.from(trainTargets, (row) => ({
    value: targets[row * outputs + output]!,
    weight: weights?.[row] ?? 1,
  }))
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  if (share === undefined) return known.reduce((sum, { value, weight }) => sum + value * weight, 0) / total
  known.sort((a, b) => a.value - b.value)
  let below = 0
  for (const { value, weight } of known) {
    below += weight
    if (below >= share * total) return value
  }
  return known.at(-1)!.value
}

function quantileOf(loss: Loss, output: number): number | undefined {
  if (loss.name === 'mae') return 0.5
  return loss.name === 'pinball' ? loss.quantiles[output % loss.quantiles.length] : undefined
}
