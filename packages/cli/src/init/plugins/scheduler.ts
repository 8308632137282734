import { type PluginText, suiteTest } from './plugin-text.ts'

/** A scheduler that lets every third trial go on. */
export const schedulerPlugin = (factory: string, name: string): PluginText => ({
  does: 'A scheduler: trains every trial for a third of its epochs, and the best third of them to the end.',
  field: `scheduler: ${factory}()`,
  test: suiteTest('schedulerSuite', factory, name),
  source: `import { definePlugin, isBetter, type Plugin, SCHEDULER, type Scheduler } from '@rondo/core'

/** One trial in so many is trained to the end. */
const ONE_IN = 3

/** A scheduler is a function of its request: what runs next, and how far. */
export const ${factory} = (): Plugin<Scheduler> =>
  definePlugin({
    name: '${name}',
    provides: SCHEDULER,
    scope: 'study',
    create: () => ({
      next({ history, objective }) {
        const { fullBudget, trialsLeft } = history
        // A repetition measures a configuration once more, with the budget that it had: it competes with nothing.
        const trials = history.trials.filter(({ replicateOf }) => replicateOf === undefined)
        const paused = trials.filter(({ state }) => state === 'paused')
        const [best] = paused
          .filter(({ value }) => value !== undefined)
          .sort((a, b) => (isBetter(objective, a.value!, b.value!) ? -1 : 1))
        const measured = trials.filter(({ reached }) => reached.epochs > 0).length
        const promoted = trials.filter(({ legs }) => legs.length > 1).length
        if (best !== undefined && promoted < Math.floor(measured / ONE_IN)) {
          return { do: 'resume', trial: best.number, budget: fullBudget, tags: { rung: 1 } }
        }
        if (trialsLeft === 0) return { do: 'wait' }
        const epochs = Math.max(1, Math.ceil(fullBudget.epochs / ONE_IN))
        return { do: 'start', budget: { ...fullBudget, epochs }, tags: { rung: 0 } }
      },
    }),
  })
`,
})
