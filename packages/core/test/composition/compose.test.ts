import { compose, definePlugin, factory, multiToken, optional, type Plugin, token } from '@rondo/core'
import { describe, expect, expectTypeOf, test } from 'vitest'

interface Named {
  readonly name: string
}
const ENGINE = token<Named>('test-engine')
const GEAR = token<Named>('test-gear')
const WHEEL = multiToken<Named>('test-wheel')

/** A plugin that writes down what happens to it. */
function recorded(
  log: string[],
  name: string,
  definition: Partial<Parameters<typeof definePlugin>[0]>,
): Plugin {
  return definePlugin({
    name,
    provides: ENGINE,
    scope: 'study',
    create: (...injected: readonly unknown[]) => {
      log.push(`create ${name}`)
      return {
        name,
        injected,
        start: () => void log.push(`start ${name}`),
        dispose: () => void log.push(`dispose ${name}`),
      }
    },
    ...definition,
  } as Parameters<typeof definePlugin>[0])
}

describe('resolving', () => {
  test('injects what plugins ask for, with its type', () => {
    const composition = compose([
      definePlugin({
        name: 'engine',
        provides: ENGINE,
        scope: 'study',
        inject: [GEAR, WHEEL, optional(token<number>('test-none')), factory(WHEEL)],
        create: (gear, wheels, none, makeWheels) => {
          expectTypeOf(gear).toEqualTypeOf<Named>()
          expectTypeOf(wheels).toEqualTypeOf<readonly Named[]>()
          expectTypeOf(none).toEqualTypeOf<number | undefined>()
          expectTypeOf(makeWheels).toEqualTypeOf<() => readonly Named[]>()
          return { name: [gear.name, ...wheels.map(({ name }) => name), String(none)].join(' ') }
        },
      }),
      definePlugin({ name: 'left', provides: WHEEL, scope: 'study', create: () => ({ name: 'left' }) }),
      definePlugin({ name: 'gear', provides: GEAR, scope: 'process', create: () => ({ name: 'gear' }) }),
      definePlugin({ name: 'right', provides: WHEEL, scope: 'process', create: () => ({ name: 'right' }) }),
    ])
    // In the order of composition, whatever their scopes.
    expect(composition.resolve(ENGINE).name).toBe('gear left right undefined')
    expect(composition.resolve(WHEEL).map(({ name }) => name)).toEqual(['left', 'right'])
  })

  test('makes one instance, when it is first asked for', () => {
    const log: string[] = []
    const composition = compose([recorded(log, 'engine', {})])
    expect(log).toEqual([])
    expect(composition.has(ENGINE)).toBe(true)
    expect(composition.resolve(ENGINE)).toBe(composition.resolve(ENGINE))
    expect(log).toEqual(['create engine'])
  })

  test('gives an empty array for a multi token that nothing provides', () => {
    expect(compose([]).resolve(WHEEL)).toEqual([])
    expect(compose([]).has(WHEEL)).toBe(false)
  })

  test('two compositions share nothing', () => {
    const plugins = [recorded([], 'engine', { scope: 'process' })]
    expect(compose(plugins).resolve(ENGINE)).not.toBe(compose(plugins).resolve(ENGINE))
  })

  test('describes the plugins in order, as JSON', () => {
    const composition = compose([
      recorded([], 'wheel', { provides: WHEEL, scope: 'fold', version: '1.2.3' }),
      recorded([], 'engine', { options: { power: 3, boost: undefined, limit: Number.POSITIVE_INFINITY } }),
    ])
    expect(composition.describe()).toEqual([
      { name: 'wheel', version: '1.2.3', token: 'test-wheel', scope: 'fold' },
      { name: 'engine', token: 'test-engine', scope: 'study', options: { power: 3, limit: 'Infinity' } },
    ])
    expect(JSON.parse(JSON.stringify(composition.describe()))).toEqual(composition.describe())
  })
})

describe('scopes', () => {
  const plugins = [
    recorded([], 'gear', { provides: GEAR, scope: 'study' }),
    recorded([], 'engine', { scope: 'trial', inject: [GEAR] }),
    recorded([], 'wheel', { provides: WHEEL, scope: 'fold', inject: [ENGINE, GEAR] }),
  ]

  test('each trial has its own instances and shares those of the study', () => {
    const study = compose(plugins)
    const [one, other] = [study.enter('trial'), study.enter('trial')]
    expect(one.resolve(ENGINE)).not.toBe(other.resolve(ENGINE))
    expect(one.resolve(ENGINE)).toBe(one.resolve(ENGINE))
    expect(one.resolve(GEAR)).toBe(other.resolve(GEAR))
    expect(one.resolve(GEAR)).toBe(study.resolve(GEAR))
  })

  test('folds of one trial share the trial’s', () => {
    const trial = compose(plugins).enter('trial')
    const wheels = [trial.enter('fold'), trial.enter('fold')].map(
      (fold) => fold.resolve(WHEEL)[0] as Named & { readonly injected: readonly unknown[] },
    )
    expect(wheels[0]).not.toBe(wheels[1])
    expect(wheels[0]!.injected[0]).toBe(wheels[1]!.injected[0])
    expect(wheels[0]!.injected[0]).toBe(trial.resolve(ENGINE))
  })

  test('a fold that is entered from a study has a trial of its own', () => {
    const study = compose(plugins)
    const [one, other] = [study.enter('fold'), study.enter('fold')]
    expect(one.resolve(ENGINE)).not.toBe(other.resolve(ENGINE))
    expect(one.resolve(ENGINE)).toBe(one.resolve(ENGINE))
  })

  test('what lives shorter cannot be resolved, nor a wider scope entered', () => {
    const study = compose(plugins)
    expect(() => study.resolve(ENGINE)).toThrow(
      expect.objectContaining({ code: 'RONDO_PLUGIN_SCOPE', message: expect.stringContaining('“engine”') }),
    )
    expect(() => study.enter('study')).toThrow(expect.objectContaining({ code: 'RONDO_PLUGIN_SCOPE' }))
    expect(() => study.enter('trial').enter('process')).toThrow(
      expect.objectContaining({ code: 'RONDO_PLUGIN_SCOPE' }),
    )
  })
})

describe('a factory', () => {
  const TRAINER = token<{ fold(): readonly Named[] }>('test-trainer')
  const trainer = definePlugin({
    name: 'trainer',
    provides: TRAINER,
    scope: 'study',
    inject: [factory(WHEEL)],
    create: (fold) => ({ fold }),
  })

  test('makes new instances at each call, which share what lives longer', () => {
    const composition = compose([
      trainer,
      recorded([], 'gear', { provides: GEAR }),
      recorded([], 'left', { provides: WHEEL, scope: 'fold', inject: [GEAR] }),
      recorded([], 'right', { provides: WHEEL, scope: 'fold', inject: [GEAR] }),
    ])
    const { fold } = composition.resolve(TRAINER)
    const [one, other] = [fold(), fold()] as unknown as readonly (readonly (Named & {
      readonly injected: unknown[]
    })[])[]
    expect(one!.map(({ name }) => name)).toEqual(['left', 'right'])
    expect(one![0]).not.toBe(other![0])
    expect(one![0]!.injected[0]).toBe(other![1]!.injected[0])
  })

  test('makes an empty array where nothing provides a multi token', () => {
    expect(compose([trainer]).resolve(TRAINER).fold()).toEqual([])
  })

  test('of the same scope makes instances of its own', () => {
    const composition = compose([trainer, recorded([], 'left', { provides: WHEEL, scope: 'study' })])
    const { fold } = composition.resolve(TRAINER)
    expect(fold()[0]).not.toBe(fold()[0])
    expect(composition.resolve(WHEEL)[0]).toBe(composition.resolve(WHEEL)[0])
  })

  test('has what it made started and disposed of with its composition', async () => {
    const log: string[] = []
    const composition = compose([
      trainer,
      recorded(log, 'gear', { provides: GEAR }),
      recorded(log, 'wheel', { provides: WHEEL, scope: 'fold', inject: [GEAR] }),
    ])
    composition.resolve(TRAINER).fold()
    await composition.start()
    await composition.dispose()
    expect(log).toEqual([
      'create gear',
      'create wheel',
      'start gear',
      'start wheel',
      'dispose wheel',
      'dispose gear',
    ])
  })

  test('keeps nothing of what has no dispose', async () => {
    const made: WeakRef<object>[] = []
    const wheel = definePlugin({
      name: 'wheel',
      provides: WHEEL,
      scope: 'fold',
      create: () => {
        const instance = { name: 'wheel', ballast: new Float64Array(1e4) }
        made.push(new WeakRef(instance))
        return instance
      },
    })
    const composition = compose([trainer, wheel])
    const { fold } = composition.resolve(TRAINER)
    // 3,000 folds of 80 kB each would be 240 MB: V8 has to collect, and must be able to.
    for (let i = 0; i < 3_000; i++) {
      fold()
      if (i % 200 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const alive = made.filter((ref) => ref.deref() !== undefined).length
    expect(alive).toBeLessThan(2_500)
    expect(made.length).toBe(3_000)
  })
})

describe('start and dispose', () => {
  const chain = (log: string[]): Plugin[] => [
    recorded(log, 'engine', { inject: [GEAR, WHEEL] }),
    recorded(log, 'wheel', { provides: WHEEL, inject: [GEAR] }),
    recorded(log, 'gear', { provides: GEAR, scope: 'process' }),
  ]

  test('go along what is injected, and back, each once', async () => {
    const log: string[] = []
    const composition = compose(chain(log))
    composition.resolve(ENGINE)
    log.length = 0
    await composition.start()
    await composition.start()
    await composition.dispose()
    await composition.dispose()
    expect(log).toEqual([
      'start gear',
      'start wheel',
      'start engine',
      'dispose engine',
      'dispose wheel',
      'dispose gear',
    ])
  })

  test('a later start starts what has been made since', async () => {
    const log: string[] = []
    const composition = compose(chain(log))
    composition.resolve(GEAR)
    await composition.start()
    composition.resolve(WHEEL)
    await composition.start()
    expect(log).toEqual(['create gear', 'start gear', 'create wheel', 'start wheel'])
  })

  test('starting a trial starts what it needs of the study first; disposing of it leaves that', async () => {
    const log: string[] = []
    const study = compose([
      recorded(log, 'engine', { scope: 'trial', inject: [GEAR] }),
      recorded(log, 'gear', { provides: GEAR }),
    ])
    const trial = study.enter('trial')
    trial.resolve(ENGINE)
    await trial.start()
    await trial.dispose()
    expect(log.slice(2)).toEqual(['start gear', 'start engine', 'dispose engine'])
    await study.dispose()
    expect(log.slice(5)).toEqual(['dispose gear'])
  })

  test('disposing of a study disposes of its trials first', async () => {
    const log: string[] = []
    const study = compose([
      recorded(log, 'engine', { scope: 'trial', inject: [GEAR] }),
      recorded(log, 'gear', { provides: GEAR }),
    ])
    study.enter('trial').resolve(ENGINE)
    await study.dispose()
    expect(log).toEqual(['create gear', 'create engine', 'dispose engine', 'dispose gear'])
  })

  test('all are disposed of even if one throws, which is then told', async () => {
    const log: string[] = []
    const bad = definePlugin({
      name: 'bad wheel',
      provides: WHEEL,
      scope: 'study',
      inject: [GEAR],
      create: () => ({ name: 'bad', dispose: () => Promise.reject(new Error('stuck')) }),
    })
    const composition = compose([bad, ...chain(log)])
    composition.resolve(ENGINE)
    log.length = 0
    await expect(composition.dispose()).rejects.toThrow(
      expect.objectContaining({
        code: 'RONDO_PLUGIN_FAILED',
        message: 'stuck',
        place: { plugin: 'bad wheel' },
      }),
    )
    expect(log).toEqual(['dispose engine', 'dispose wheel', 'dispose gear'])
  })

  test('what fails at its start is named, and the rest can still be disposed of', async () => {
    const log: string[] = []
    const bad = definePlugin({
      name: 'engine',
      provides: ENGINE,
      scope: 'study',
      inject: [GEAR],
      create: () => ({ name: 'engine', start: () => Promise.reject(new Error('no fuel')) }),
    })
    const composition = compose([bad, recorded(log, 'gear', { provides: GEAR })])
    composition.resolve(ENGINE)
    await expect(composition.start()).rejects.toThrow(
      expect.objectContaining({
        code: 'RONDO_PLUGIN_FAILED',
        message: 'no fuel',
        place: { plugin: 'engine' },
      }),
    )
    await composition.dispose()
    expect(log).toEqual(['create gear', 'start gear', 'dispose gear'])
  })

  test('an aborted signal ends the starting', async () => {
    const log: string[] = []
    const abort = new AbortController()
    const composition = compose([
      recorded(log, 'engine', { inject: [GEAR] }),
      definePlugin({
        name: 'gear',
        provides: GEAR,
        scope: 'study',
        create: () => ({ name: 'gear', start: () => abort.abort(new Error('enough')) }),
      }),
    ])
    composition.resolve(ENGINE)
    await expect(composition.start(abort.signal)).rejects.toThrow('enough')
    expect(log).toEqual(['create engine'])
  })

  test('nothing can be resolved afterwards', async () => {
    const composition = compose(chain([]))
    await composition.dispose()
    expect(() => composition.resolve(ENGINE)).toThrow(expect.objectContaining({ code: 'RONDO_INTERNAL' }))
  })
})
