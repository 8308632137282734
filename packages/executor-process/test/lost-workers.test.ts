import { expect, onTestFinished, test } from 'vitest'
import { processPool } from '../src/index.ts'
import { failure, openPool, runs, until } from './helpers.ts'

test('a worker that ends is replaced; its leg fails with what the worker last wrote', async () => {
  await using pool = await openPool(processPool({ workers: 1 }))
  const exited = await failure(pool.run('exit'))
  expect(exited.code).toBe('RONDO_WORKER_LOST')
  expect(exited.scope).toBe('trial')
  expect(exited.message).toContain('exit code 3')
  const crashed = await failure(pool.run('crash'))
  expect(crashed.code).toBe('RONDO_WORKER_LOST')
  expect(JSON.stringify(crashed.value)).toContain('a native module broke')
  await expect(pool.run('good')).resolves.toMatchObject({ outcome: 'reached' })
})

test('a worker that is killed from outside is replaced', async () => {
  await using pool = await openPool(processPool({ workers: 1 }))
  const [pid] = await pool.pids()
  const leg = pool.run('busy', { ms: 1500 })
  process.kill(pid!, 'SIGKILL')
  expect((await failure(leg)).message).toContain('killed')
  const [next] = await pool.pids()
  expect(next).not.toBe(pid)
})

test('a worker that dies between two legs is replaced without any leg failing', async () => {
  await using pool = await openPool(processPool({ workers: 1 }))
  const [pid] = await pool.pids()
  process.kill(pid!, 'SIGKILL')
  await until(() => !runs(pid!), 'the worker is dead')
  await new Promise((resolve) => setTimeout(resolve, 300))
  await expect(pool.run('good')).resolves.toMatchObject({ outcome: 'reached' })
})

// Windows has no such signal.
test.skipIf(process.platform === 'win32')(
  'a worker that was stopped gives no sign of life and is killed',
  async () => {
    await using pool = await openPool(processPool({ workers: 1, heartbeatMs: 100 }))
    const [pid] = await pool.pids()
    const error = await failure(pool.run('freeze'))
    expect(error.code).toBe('RONDO_WORKER_LOST')
    expect(error.message).toContain('no sign of life')
    expect(runs(pid!)).toBe(false)
  },
)

test('a worker that is busy for many heartbeats is left alone; one that gets nowhere is not', async () => {
  await using patient = await openPool(processPool({ workers: 1, heartbeatMs: 100 }))
  await expect(patient.run('busy', { ms: 1500 })).resolves.toMatchObject({ outcome: 'reached' })
  await using strict = await openPool(processPool({ workers: 1, heartbeatMs: 100, stallMs: 800 }))
  const error = await failure(strict.run('spin'))
  expect(error.message).toContain('got nowhere')
})

test('a worker that uses more memory than it may is killed, and the error says how much', async () => {
  await using pool = await openPool(processPool({ workers: 1, memoryMb: 400, heartbeatMs: 100 }))
  const error = await failure(pool.run('eat'))
  expect(error.code).toBe('RONDO_WORKER_LOST')
  expect(error.message).toMatch(/used \d+ MB of memory; 400 are allowed/)
  expect(error.remedy).toContain('memoryMb')
  await expect(pool.run('good')).resolves.toMatchObject({ outcome: 'reached' })
})

test('a worker whose JavaScript heap is full says so', async () => {
  // Workers inherit the options of this process.
  process.execArgv.push('--max-old-space-size=60')
  onTestFinished(() => {
    process.execArgv.pop()
  })
  await using pool = await openPool(processPool({ workers: 1 }))
  const error = await failure(pool.run('heap'))
  expect(error.code).toBe('RONDO_WORKER_LOST')
  expect(error.message).toContain('ran out of memory')
  expect(error.remedy).toContain('memoryMb')
})
