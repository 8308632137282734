import { type PluginText, suiteTest } from './plugin-text.ts'

/** A callback that ends training when the objective has got worse several times in a row. */
export const callbackPlugin = (factory: string, name: string): PluginText => ({
  does: 'A callback: ends training when the objective has got worse three epochs in a row.',
  field: `callbacks: [${factory}()]`,
  test: suiteTest('callbackSuite', factory, name),
  source: `import { CALLBACK, type Callback, definePlugin, isBetter, type Objective, type Plugin } from '@rondo/core'

/** Epochs in a row. */
const WORSE = 3

interface State {
  readonly last: number | null
  readonly worse: number
}

/** A callback is made anew for each fold. Its state goes through checkpoints, so that a resumed trial goes on alike. */
export const ${factory} = (): Plugin<readonly Callback[]> =>
  definePlugin({ name: '${name}', provides: CALLBACK, scope: 'fold', create })

function create(): Callback {
  let objective: Objective
  let state: State = { last: null, worse: 0 }
  return {
    name: '${name}',
    onFoldStart(start) {
      objective = start.objective
    },
    onEpochEnd({ value }, control) {
      const isWorse = state.last !== null && !isBetter(objective, value, state.last)
      // JSON has neither NaN nor −0.
      state = { last: Number.isFinite(value) ? value + 0 : state.last, worse: isWorse ? state.worse + 1 : 0 }
      if (state.worse >= WORSE) control.stop(\`worse \${WORSE} epochs in a row\`)
    },
    state: () => ({ ...state }),
    restore(json) {
      state = json as unknown as State
    },
  }
}
`,
})
