import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('composing a study with trainer and model builder loads no tfjs; a leg does', async () => {
  const program = `
    import { createRequire } from 'node:module'
    import { leg, listen, workplace } from ${JSON.stringify(new URL('fixtures/study.ts', import.meta.url).href)}
    const { cache } = createRequire(import.meta.url)
    const loaded = () => Object.keys(cache).some((file) => file.includes('tf-core'))
    const place = workplace()
    console.log(loaded(), JSON.stringify(place.trainer.environment))
    await place.trainer.run(leg({ budget: { epochs: 1, folds: 1 } }), listen(place))
    console.log(loaded())`
  const args = ['--conditions=rondo-source', '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
  const [composed, run] = stdout.trim().split('\n')
  expect(composed).toMatch(/^false /)
  expect(JSON.parse(composed!.slice('false '.length))).toEqual({
    rondo: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.versions.node,
    arch: process.arch,
    step: 'auto',
    numerics: expect.stringMatching(/^(relaxed|simd)$/),
    tfjs: expect.stringMatching(/^4\.\d+\.\d+$/),
  })
  expect(run).toBe('true')
})
