import {
  CLOCK,
  compose,
  definePlugin,
  LOGGER,
  type Plugin,
  type Scope,
  type Space,
  STUDY_SPACE,
  type Token,
} from '@rondo/core'

/** What a plugin under a check finds beside it. */
export interface Surroundings {
  /** Provided as STUDY_SPACE. */
  readonly space?: Space
  /** Other plugins, which take the place of the defaults. */
  readonly plugins?: readonly Plugin[]
  /** The scope at which the plugin is resolved; `study` where absent. */
  readonly scope?: Scope
}

/** Makes an instance of a plugin as a study would, hands it to `use` and disposes of it. */
export async function withInstance<T, R>(
  plugin: Plugin,
  token: Token<T>,
  use: (instance: T) => R | Promise<R>,
  { space, plugins = [], scope = 'study' }: Surroundings = {},
): Promise<R> {
  const defaults = [quietLogger(), stepClock(), ...(space === undefined ? [] : [studySpace(space)])]
  const given = new Set([plugin, ...plugins].map((each) => each.provides?.key))
  const composition = compose(
    [plugin, ...plugins, ...defaults.filter((each) => !given.has(each.provides.key))],
    scope,
  )
  try {
    const instance = composition.resolve(token)
    await composition.start()
    return await use(instance)
  } finally {
    await composition.dispose()
  }
}

const quietLogger = (): Plugin =>
  definePlugin({
    name: 'quiet-logger',
    provides: LOGGER,
    scope: 'process',
    create: () => ({ debug() {}, info() {}, warn() {}, error() {} }),
  })

/** A clock of which only the order of its readings is known: every reading is a millisecond later. */
const stepClock = (): Plugin =>
  definePlugin({
    name: 'step-clock',
    provides: CLOCK,
    scope: 'process',
    create: () => {
      let time = 0
      const next = (): number => ++time
      return { now: next, monotonic: next }
    },
  })

const studySpace = (space: Space): Plugin =>
  definePlugin({ name: 'study-space', provides: STUDY_SPACE, scope: 'study', create: () => space })
