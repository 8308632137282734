import type { Callback, Plugin, StudyConfig } from '@rondo/core'
import type { StudyFlags } from '../flags/study-flags.ts'

type Callbacks = readonly Plugin<readonly Callback[]>[]
type CallbackFlags = Pick<StudyFlags, 'earlyStopping' | 'learningRateSchedule' | 'dropoutSchedule'>

/** The callbacks of a study whose config names none. */
export async function defaultCallbacks(flags: CallbackFlags): Promise<Callbacks> {
  const { checkpointBest, earlyStopping, nanGuard } = await import('@rondo/callbacks')
  const stopping = flags.earlyStopping === undefined ? [earlyStopping()] : []
  return [nanGuard(), checkpointBest(), ...stopping, ...(await named(flags))]
}

/** The config's own callbacks, those that flags name in the place of its own; `undefined` where nothing changes. */
export async function changedCallbacks(
  callbacks: StudyConfig['callbacks'],
  flags: CallbackFlags,
): Promise<Callbacks | undefined> {
  if (callbacks === undefined) return undefined
  const { earlyStopping, learningRateSchedule, dropoutSchedule } = flags
  const replaced = [
    ...(earlyStopping === undefined ? [] : ['early-stopping']),
    // Both set the learning rate.
    ...(learningRateSchedule === undefined ? [] : ['learning-rate-schedule', 'reduce-on-plateau']),
    ...(dropoutSchedule === undefined ? [] : ['dropout-schedule']),
  ]
  if (replaced.length === 0) return undefined
  return [...callbacks.filter(({ name }) => !replaced.includes(name)), ...(await named(flags))]
}

async function named({
  earlyStopping: patience,
  learningRateSchedule: rate,
  dropoutSchedule,
}: CallbackFlags) {
  const all = await import('@rondo/callbacks')
  const schedule =
    rate === 'plateau' ? all.reduceOnPlateau() : rate && all.learningRateSchedule({ kind: rate })
  return [
    ...(patience === undefined || patience === 0 ? [] : [all.earlyStopping({ patience })]),
    ...(schedule === undefined ? [] : [schedule]),
    ...(dropoutSchedule === undefined ? [] : [all.dropoutSchedule(dropoutSchedule)]),
  ]
}
