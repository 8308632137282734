import {
  CALLBACK,
  compose,
  definePlugin,
  factory,
  multiToken,
  optional,
  type Plugin,
  RondoError,
  type Scope,
  SEARCH_STRATEGY,
  token,
} from '@rondo/core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const A = token<object>('test-a')
const B = token<object>('test-b')
const M = multiToken<object>('test-m')

const plugin = (name: string, definition: object): Plugin =>
  definePlugin({ name, provides: A, scope: 'study', create: () => ({}), ...definition })

const refused = (code: string, ...texts: string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(new RegExp(texts.map((t) => t.replace(/[.()[\]]/g, '\\$&')).join('[^]*'))),
  })

describe('composition refuses', () => {
  test('two plugins for one token, naming both', () => {
    expect(() => compose([plugin('one', {}), plugin('two', {})])).toThrow(
      refused('RONDO_PLUGIN_CONFLICT', '“one”', '“two”', '“test-a”'),
    )
  })

  test('a plugin twice among many', () => {
    const plugins = [plugin('one', { provides: M }), plugin('two', { provides: M })]
    expect(() => compose(plugins)).not.toThrow()
    expect(() => compose([...plugins, plugin('one', { provides: M })])).toThrow(
      refused('RONDO_PLUGIN_CONFLICT', '“one”', 'twice'),
    )
  })

  test.each(['plain', 'factory'])('a token that nothing provides (%s)', (kind) => {
    const inject = kind === 'plain' ? [B] : [factory(B)]
    expect(() => compose([plugin('one', { inject })])).toThrow(
      refused('RONDO_PLUGIN_MISSING', '“test-b”', '“one”'),
    )
  })

  test('but not an optional token or a multi token that nothing provides', () => {
    const one = plugin('one', { inject: [optional(B), M, factory(M)] })
    expect(() => compose([one]).resolve(A)).not.toThrow()
  })

  test('another version of a contract, naming both plugins', () => {
    const later = token<object>('test-b', 2)
    expect(() => compose([plugin('one', { inject: [B] }), plugin('two', { provides: later })])).toThrow(
      refused('RONDO_PLUGIN_VERSION', '“two”', '2', '“test-b”', '“one”', '1'),
    )
    // An optional injection must not become undefined for that reason.
    expect(() =>
      compose([plugin('one', { inject: [optional(B)] }), plugin('two', { provides: later })]),
    ).toThrow(refused('RONDO_PLUGIN_VERSION'))
  })

  test('a plugin for another version of a contract of core', () => {
    const future = plugin('future', { provides: token<object>(SEARCH_STRATEGY.name, 99) })
    expect(() => compose([future])).toThrow(
      refused('RONDO_PLUGIN_VERSION', '“future”', '99', '@rondo/core', '1'),
    )
  })

  test('a token that is single in one place and multi in another', () => {
    const single = plugin('single', { provides: token<object>(CALLBACK.name) })
    expect(() => compose([single])).toThrow(refused('RONDO_PLUGIN_INVALID', '“single”', '“callback”'))
  })

  test('the injection of what lives shorter, naming both', () => {
    const scopes: readonly Scope[] = ['process', 'study', 'trial', 'fold']
    for (const [i, wide] of scopes.entries()) {
      for (const narrow of scopes.slice(i + 1)) {
        const plugins = (inject: object[]) => [
          plugin('wide', { scope: wide, inject }),
          plugin('narrow', { provides: B, scope: narrow }),
        ]
        expect(() => compose(plugins([B]))).toThrow(
          refused('RONDO_PLUGIN_SCOPE', '“wide”', wide, '“narrow”', narrow),
        )
        expect(() => compose(plugins([factory(B)]))).not.toThrow()
      }
    }
  })

  test('a factory of what lives longer', () => {
    const plugins = [
      plugin('fold', { scope: 'fold', inject: [factory(B)] }),
      plugin('study', { provides: B }),
    ]
    expect(() => compose(plugins)).toThrow(refused('RONDO_PLUGIN_SCOPE', '“fold”', '“study”'))
  })

  test('a circle, naming all of it', () => {
    const C = token<object>('test-c')
    const circle = (last: object) => [
      plugin('a', { inject: [B] }),
      plugin('b', { provides: B, inject: [optional(C)] }),
      plugin('c', { provides: C, inject: [last] }),
    ]
    expect(() => compose(circle(A))).toThrow(refused('RONDO_PLUGIN_CYCLE', '“a” → “b” → “c” → “a”'))
    expect(() => compose(circle(factory(A)))).not.toThrow()
  })

  test('a circle through a factory that is called within create, when it comes to it', () => {
    const composition = compose([
      plugin('a', { inject: [factory(B)], create: (make: () => object) => ({ b: make() }) }),
      plugin('b', { provides: B, scope: 'trial', inject: [A] }),
    ])
    expect(() => composition.resolve(A)).toThrow(refused('RONDO_PLUGIN_CYCLE', '“a” → “a”'))
  })

  test('a factory that was not called', () => {
    const random = () => plugin('random', {})
    const compound = () => compose([random as unknown as Plugin])
    expect(compound).toThrow(refused('RONDO_PLUGIN_INVALID', 'plugins[0]', 'random'))
    expect(compound).toThrow(expect.objectContaining({ remedy: expect.stringContaining('random()') }))
  })

  test.each([
    ['nothing', undefined],
    ['a text', 'random'],
    ['a plugin without a token', { ...plugin('x', {}), provides: 'search' }],
    ['a plugin of no scope', { ...plugin('x', {}), scope: 'epoch' }],
    ['a plugin that cannot be created', { ...plugin('x', {}), create: undefined }],
    ['a plugin that injects a text', { ...plugin('x', {}), inject: ['logger'] }],
    ['a plugin still to come', Promise.resolve(plugin('x', {}))],
  ])('%s', (_, value) => {
    expect(() => compose([plugin('fine', { provides: B }), value as Plugin])).toThrow(
      refused('RONDO_PLUGIN_INVALID', 'plugins[1]'),
    )
  })
})

describe('options', () => {
  const schema = z.strictObject({
    kappa: z.number().min(0).optional(),
    nested: z.strictObject({ list: z.array(z.number()) }).optional(),
  })
  const withOptions = (options: unknown) => () => compose([plugin('bayes', { schema, options })])

  test('that fit are accepted, absent ones too', () => {
    expect(withOptions({ kappa: 2, nested: { list: [1] } })).not.toThrow()
    expect(withOptions(undefined)).not.toThrow()
  })

  test('that the schema refuses are named', () => {
    expect(withOptions({ kappa: -1 })).toThrow(
      expect.objectContaining({
        code: 'RONDO_OPTION_INVALID',
        value: -1,
        place: { plugin: 'bayes', field: 'kappa' },
      }),
    )
    expect(withOptions({ nested: { list: [1, 'x'] } })).toThrow(
      expect.objectContaining({ value: 'x', place: { plugin: 'bayes', field: 'nested.list[1]' } }),
    )
    expect(withOptions(7)).toThrow(refused('RONDO_OPTION_INVALID', '“bayes”', 'its options'))
  })

  test('that do not exist are named with the nearest that does', () => {
    expect(withOptions({ kapa: 2 })).toThrow(
      refused('RONDO_OPTION_UNKNOWN', '“bayes”', 'kapa', 'Did you mean “kappa”?'),
    )
    expect(withOptions({ nested: { list: [], x: 1 } })).toThrow(refused('RONDO_OPTION_UNKNOWN', 'nested.x'))
  })

  test('that are required are missed when no options are given', () => {
    const required = plugin('csv', { schema: z.strictObject({ target: z.string() }) })
    expect(() => compose([required])).toThrow(refused('RONDO_OPTION_INVALID', '“csv”', 'target'))
  })

  test('must be JSON, since the log keeps them', () => {
    const transform = (x: number): number => x
    expect(() => compose([plugin('csv', { options: { columns: [{ transform }] } })])).toThrow(
      expect.objectContaining({
        code: 'RONDO_OPTION_INVALID',
        place: { plugin: 'csv', field: 'columns[0].transform' },
      }),
    )
  })

  test('cannot be checked later', () => {
    const late = z.strictObject({}).refine(async () => true)
    const asynchronous = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (v: unknown) => late.parseAsync(v).then((value) => ({ value })),
      },
    }
    expect(() => compose([plugin('slow', { schema: asynchronous })])).toThrow(
      refused('RONDO_PLUGIN_INVALID', 'asynchronous'),
    )
  })
})

describe('creating', () => {
  test('passes coded errors on and wraps others, naming the plugin', () => {
    const throwing = (error: Error) =>
      compose([
        plugin('outer', { inject: [B] }),
        plugin('inner', {
          provides: B,
          create: () => {
            throw error
          },
        }),
      ])
    const coded = new RondoError('RONDO_DATA_NOT_FOUND', { message: 'no file' })
    expect(() => throwing(coded).resolve(A)).toThrow(coded)
    expect(() => throwing(new TypeError('oops')).resolve(A)).toThrow(
      expect.objectContaining({ code: 'RONDO_PLUGIN_FAILED', message: 'oops', place: { plugin: 'inner' } }),
    )
  })

  test.each([
    ['a promise', async () => ({})],
    ['nothing', () => undefined],
  ])('refuses %s', (what, create) => {
    expect(() => compose([plugin('a', { create })]).resolve(A)).toThrow(
      refused('RONDO_PLUGIN_INVALID', '“a”', what),
    )
  })

  test('can be tried again after a failure', () => {
    let tries = 0
    const flaky = plugin('a', {
      create: () => {
        if (++tries === 1) throw new Error('not yet')
        return {}
      },
    })
    const composition = compose([flaky])
    expect(() => composition.resolve(A)).toThrow('not yet')
    expect(() => composition.resolve(A)).not.toThrow()
  })

  test('says that nothing provides a token that is resolved', () => {
    expect(() => compose([]).resolve(A)).toThrow(refused('RONDO_PLUGIN_MISSING', '“test-a”'))
  })
})
