import { CALLBACK, type Callback, definePlugin, type Plugin } from '@rondo/core'

/** Options of {@link generalisationLoss}. */
export interface GeneralisationLossOptions {
  /** Percent by which the validation loss may lie above its minimum; default 20. */
  readonly percent?: number
}

/**
 * Ends a fold when the validation loss has risen too far above its minimum so far: the criterion GL of Prechelt, Early
 * stopping – but when? (Neural Networks: Tricks of the Trade, 1998): stop once 100 · (loss / minimum − 1) > percent.
 */
export const generalisationLoss = (options: GeneralisationLossOptions = {}): Plugin<readonly Callback[]> =>
  definePlugin({
    name: 'generalisation-loss',
    provides: CALLBACK,
    scope: 'fold',
    options,
    create: () => create(options),
  })

function create({ percent = 20 }: GeneralisationLossOptions): Callback {
  let least: number | null = null
  return {
    name: 'generalisation-loss',
    onEpochEnd({ metrics }, control) {
      const loss = metrics.val_loss
      if (loss === undefined || !Number.isFinite(loss)) return
      if (least === null || loss < least) least = loss
      const risen = 100 * (loss / least - 1)
      if (risen > percent) control.stop(`the validation loss is ${risen.toFixed(0)} % above its minimum`)
    },
    // Whatever the next epochs depend on is in the checkpoint.
    state: () => least,
    restore(saved) {
      least = saved as number | null
    },
  }
}
