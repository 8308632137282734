import { KernelError } from './errors.ts'
import { type Layer, type Network, type Recipe, type UpdateRecipe, widthOf } from './network.ts'

function refuse(field: string, value: unknown, expected: string): never {
  throw new KernelError('RONDO_KERNEL_INVALID', {
    message: `${field} is ${value}, but must be ${expected}.`,
    field,
    value,
    remedy: `Give ${field} as ${expected}.`,
  })
}

function size(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) refuse(field, value, 'a whole number from 1')
}

function rate(field: string, value: number | undefined): void {
  if (value !== undefined && !(value >= 0 && value < 1)) refuse(field, value, 'at least 0 and below 1')
}

function positive(field: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0)) refuse(field, value, 'above 0')
}

/** Checks sizes, rates and constants. @throws RONDO_KERNEL_INVALID */
export function checkNetwork(network: Network, recipe: Recipe, batchSize: number): void {
  size('steps', network.steps)
  size('features', network.features)
  size('batchSize', batchSize)
  for (const [n, layer] of network.layers.entries()) {
    checkLayer(layer, `layers[${n}]`)
  }
  const last = network.layers.at(-1)
  const { loss } = recipe
  if (loss.name === 'huber') positive('loss.delta', loss.delta)
  if (loss.name === 'pinball') {
    const outputs = (last && widthOf(last)) ?? network.features
    const count = loss.quantiles.length
    if (count === 0 || outputs % count !== 0) {
      refuse('loss.quantiles', count, `as many as go into ${outputs} outputs`)
    }
  }
  checkLimits(recipe)
}

function checkLayer(layer: Layer, at: string): void {
  if (layer.kind === 'bidirectional') {
    checkLayer(layer.layer, `${at}.layer`)
    return
  }
  if (layer.kind === 'dropout') {
    rate(`${at}.rate`, layer.rate)
    return
  }
  size(`${at}.units`, layer.units)
  if (layer.kind === 'dense') return
  rate(`${at}.dropout`, layer.dropout)
  rate(`${at}.recurrentDropout`, layer.recurrentDropout)
}

/** Checks what gradients are limited by. @throws RONDO_KERNEL_INVALID */
export function checkLimits({ clipNorm, clipValue }: UpdateRecipe): void {
  positive('clipNorm', clipNorm)
  positive('clipValue', clipValue)
}
