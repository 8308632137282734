import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const program = fileURLToPath(new URL('support/print-digest.ts', import.meta.url))

test.each(['fast', 'portable'])('two processes give the same bits, %s', async (numerics) => {
  const digests = await Promise.all(
    [0, 1].map(
      async () => (await run(process.execPath, ['--conditions=rondo-source', program, numerics])).stdout,
    ),
  )
  expect(digests[0]).toMatch(/^[0-9a-f]{64}\n$/)
  expect(digests[1]).toBe(digests[0])
})
