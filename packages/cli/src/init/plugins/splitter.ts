import { type PluginText, suiteTest } from './plugin-text.ts'

/** A splitter that validates on the last rows. */
export const splitterPlugin = (factory: string, name: string): PluginText => ({
  does: 'A splitter: one fold that is validated on the last quarter of a series.',
  field: `splitter: ${factory}()`,
  test: suiteTest('splitterSuite', factory, name),
  source: `import { definePlugin, type Plugin, RondoError, SPLITTER, type Splitter } from '@rondo/core'

/** Of the target rows, the latest. */
const VALIDATION = 0.25

/** Divides target rows into folds. The test rows are off already; the same request gives the same folds. */
export const ${factory} = (): Plugin<Splitter> =>
  definePlugin({
    name: '${name}',
    provides: SPLITTER,
    scope: 'study',
    create: () => ({
      folds: 1,
      split({ targets, horizon, sequential, groups }) {
        if (!sequential || groups !== undefined) throw refusal('It divides one series only.')
        const at = Math.floor(targets.length * (1 - VALIDATION))
        const validation = targets.slice(at)
        const [first] = validation
        // What a train target is computed from must be over before the first validation target.
        const train = targets.slice(0, at).filter((row) => first !== undefined && row <= first - horizon)
        if (train.length === 0) throw refusal(\`\${targets.length} target rows are too few.\`)
        return [{ train, validation }]
      },
    }),
  })

const refusal = (message: string): RondoError =>
  new RondoError('RONDO_SPLIT_INVALID', { message, place: { plugin: '${name}' } })
`,
})
