import {
  type ArtifactRef,
  definePlugin,
  type Leg,
  type LegContext,
  type LegResult,
  type Measurement,
  type Plugin,
  TRAINER,
  type Trainer,
} from '@rondo/core'

/** What the pretended training of {@link slowDescent} keeps at a checkpoint. */
interface Descent {
  readonly epoch: number
  readonly loss: number
  readonly measurements: readonly Measurement[]
}

/**
 * A trainer whose epochs are one arithmetic step and a turn of the event loop. It checkpoints after each epoch, so a
 * study can be cut off anywhere; its loss depends on all epochs before, so a wrong checkpoint shows.
 */
export const slowDescent = (options: { readonly epochMs?: (leg: Leg) => number } = {}): Plugin<Trainer> =>
  definePlugin({
    name: 'slow-descent',
    provides: TRAINER,
    scope: 'study',
    create: () => ({ run: (leg, context) => descend(leg, context, options.epochMs?.(leg) ?? 0) }),
  })

async function descend(leg: Leg, context: LegContext, epochMs: number): Promise<LegResult> {
  const { trial, budget, params, objective } = leg
  if (leg.kind === 'evaluate') return evaluate(leg, context)
  if (leg.kind === 'refit') return refit(leg, context, epochMs)
  const decode = (bytes: Uint8Array): Descent => JSON.parse(new TextDecoder().decode(bytes)) as Descent
  let state: Descent = { epoch: 0, loss: 10, measurements: [] }
  if (leg.from !== undefined) {
    const { 'state.json': bytes } = await context.artifacts.read(leg.from)
    state = decode(bytes!)
  }
  let at = state
  const write = () =>
    context.artifacts.write(`trials/${trial}/checkpoint-${at.epoch}`, {
      'state.json': new TextEncoder().encode(JSON.stringify(at)),
    })
  for (let epoch = at.epoch + 1; epoch <= budget.epochs; epoch++) {
    await new Promise((resolve) => setTimeout(resolve, epochMs))
    const rate = Number(params.rate)
    const loss = at.loss * (1 - rate) + rate * Math.abs(Math.sin(at.loss * 100 + epoch))
    const measurement: Measurement = { fold: 0, epoch, metrics: { [objective.metric]: loss } }
    at = { epoch, loss, measurements: [...at.measurements, measurement] }
    context.send({ type: 'measured', measurement })
    const checkpoint = await write()
    if (context.signal.aborted) return { outcome: 'interrupted', measurements: at.measurements, checkpoint }
    if (epoch < budget.epochs) context.send({ type: 'checkpointed', checkpoint, measured: epoch })
  }
  const checkpoint = await write()
  const model = await context.artifacts.write(`trials/${trial}/model-${budget.epochs}`, {
    'model.json': new TextEncoder().encode(JSON.stringify(at.loss)),
  })
  return { outcome: 'reached', measurements: at.measurements, checkpoint, model }
}

/** What the pretended last training comes to: the model says by which seed and over how many epochs. */
async function refit(leg: Leg, context: LegContext, epochMs: number): Promise<LegResult> {
  const { replica } = leg.refit!
  for (let epoch = 0; epoch < leg.budget.epochs; epoch++) {
    await new Promise((resolve) => setTimeout(resolve, epochMs))
    if (context.signal.aborted) return { outcome: 'interrupted', measurements: [] }
  }
  const loss = 0.1 * leg.trial + 0.01 * replica + 0.001 * leg.budget.epochs
  const model = await context.artifacts.write(`trials/${leg.trial}/refit-${replica}`, {
    'model.json': new TextEncoder().encode(JSON.stringify(loss)),
  })
  return { outcome: 'reached', measurements: [], model, summary: { replica } }
}

async function evaluate(leg: Leg, { artifacts }: LegContext): Promise<LegResult> {
  const lossOf = async (model: ArtifactRef) => {
    const { 'model.json': bytes } = await artifacts.read(model)
    return JSON.parse(new TextDecoder().decode(bytes)) as number
  }
  const loss = await lossOf(leg.from!)
  const rivals = []
  for (const { model } of leg.rivals ?? []) {
    const other = await lossOf(model)
    const value = loss - other
    rivals.push({
      metrics: { loss: other },
      difference: { value, low: value - 1, high: value + 1, coverage: 0.9 },
    })
  }
  return {
    outcome: 'reached',
    measurements: [{ fold: 0, epoch: leg.budget.epochs, metrics: { loss } }],
    summary: { baselines: [{ name: 'naive', metrics: { loss: 3 } }] },
    rivals,
  }
}
