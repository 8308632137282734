import type { Plugin } from '@rondo/core'

/** A plugin and what it has made. */
export interface Tapped<T> {
  readonly plugin: Plugin<T>
  /** `undefined` until the composition has asked for it. */
  instance(): T | undefined
}

/** The same plugin, whose instance can be had besides: one splitter for trials and baselines alike. */
export function tap<T>(plugin: Plugin<T>): Tapped<T> {
  let made: T | undefined
  return {
    plugin: {
      ...plugin,
      create: (...injected: never[]) => {
        made = plugin.create(...injected) as T
        return made
      },
    },
    instance: () => made,
  }
}
