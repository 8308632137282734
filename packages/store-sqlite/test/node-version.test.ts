import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('a Node without SQLite is told which one is needed', async () => {
  const without = 'data:text/javascript,process.getBuiltinModule = () => undefined'
  const program = "import('@rondo/store-sqlite').catch(({ code, remedy }) => console.log(code, remedy))"
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=rondo-source', '--import', without, '--eval', program],
    { cwd: import.meta.dirname },
  )
  expect(stdout).toBe('RONDO_NODE_VERSION Install Node 24 or later.\n')
})
