import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { processPool } from '../src/index.ts'
import { openPool, runs, until } from './helpers.ts'

const parent = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url))

/** Starts a parent of two workers and waits until both are at work. */
async function startParent(
  behaviour: 'good' | 'spin' | 'wait',
): Promise<{ child: ChildProcess; pids: readonly number[] }> {
  const child = fork(parent, [behaviour], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A process group of its own, as a job in a shell is.
    detached: true,
  })
  const pids = await new Promise<readonly number[]>((resolve, reject) => {
    child.once('message', (message) => resolve(message as number[]))
    child.once('exit', (code) => reject(new Error(`the parent ended with ${code}`)))
  })
  return { child, pids }
}

test.each(['good', 'spin'] as const)(
  'no worker outlives a parent that is killed (workers: %s)',
  async (behaviour) => {
    const { child, pids } = await startParent(behaviour)
    expect(pids.length).toBe(2)
    expect(pids.every(runs)).toBe(true)
    child.kill('SIGKILL')
    await until(() => !pids.some(runs), 'all workers are gone')
  },
)

test('disposing of the pool ends idle and busy workers', async () => {
  const pool = await openPool(processPool({ workers: 2 }))
  const pids = await pool.pids()
  const busy = pool.run('spin').catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await pool[Symbol.asyncDispose]()
  expect(pids.some(runs)).toBe(false)
  expect(await busy).toMatchObject({ code: 'RONDO_WORKER_LOST' })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a %s to the whole process group leaves it to the parent to end the legs in order',
  async (signal) => {
    const { child, pids } = await startParent('wait')
    process.kill(-child.pid!, signal)
    expect(await once(child, 'message')).toEqual([['interrupted', 'interrupted'], undefined])
    await once(child, 'exit')
    expect(pids.some(runs)).toBe(false)
  },
)
