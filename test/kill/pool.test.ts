import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { compose, deriveRng, readStudy, STORE, systemClock } from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { childrenOf, stillThere } from './processes.ts'

const program = fileURLToPath(new URL('pool-program.ts', import.meta.url))

/** RONDO_KILLS=100 runs the long version. */
const KILLS = Number(process.env.RONDO_KILLS ?? 12)

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rondo-pool-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

interface Program {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  readonly complaint: () => string
}

async function start(folder: string): Promise<Program> {
  const child = spawn(process.execPath, ['--conditions=rondo-source', program, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr!.on('data', (chunk) => {
    complaint += chunk
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  await Promise.race([new Promise((resolve) => child.stdout!.once('data', resolve)), ended])
  return { child, ended, complaint: () => complaint }
}

function read(folder: string) {
  const log = compose([sqliteStore({ directory: folder }), systemClock()])
    .resolve(STORE)
    .open('descent', 'read')
  const { state } = readStudy(log)
  const events = [...log.read()].map(({ event }) => event)
  log.close()
  return { state, events }
}

const files = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'descent'), { recursive: true })
    .map(String)
    .filter((file) => !file.startsWith('.published'))
    .sort()

test.skipIf(platform() !== 'linux')(
  `studies whose processes are killed and frozen ${KILLS} times keep their budgets, lose nothing and leave nothing`,
  { timeout: 60_000 + KILLS * 10_000 },
  async () => {
    const whole = join(directory, 'whole')
    expect((await (await start(whole)).ended).code).toBe(0)
    const expected = read(whole).state.trials

    const rng = deriveRng({ seed: 9, purpose: 'pool kills' })
    const seen = new Set<number>()
    for (let kills = 0, study = 0; kills < KILLS; study++) {
      const folder = join(directory, `study-${study}`)
      for (let ended = false; !ended; ) {
        const { child, ended: end, complaint } = await start(folder)
        seen.add(child.pid!)
        // Blows fall until the program dies of one or ends by itself.
        const beaten = (async () => {
          while (child.exitCode === null && child.signalCode === null && kills < KILLS) {
            await sleep(rng.integer(50, 2000))
            const workers = childrenOf(child.pid!)
            for (const pid of workers) seen.add(pid)
            const blow = rng.uniform()
            const worker = workers[rng.integer(0, Math.max(0, workers.length - 1))]
            if (blow < 0.4) child.kill('SIGKILL')
            else if (worker !== undefined) kill(worker, blow < 0.75 ? 'SIGKILL' : 'SIGSTOP')
            else continue
            kills++
          }
        })()
        const { code, signal } = await end
        await beaten
        // Where every worker was killed before it was ready the program gives up with an error; the study goes on later.
        const gaveUp = code === 1 && complaint().includes("code: 'RONDO_WORKER_LOST'")
        ended = signal !== 'SIGKILL' && !gaveUp
        if (ended) expect(`${code} ${complaint()}`).toBe('0 ')
      }
      const { state, events } = read(folder)
      expect(state.trials).toHaveLength(expected.length)
      for (const trial of state.trials) {
        expect(trial.params).toEqual(expected[trial.number]!.params)
        if (trial.state === 'completed') expect(trial.curve).toEqual(expected[trial.number]!.curve)
        // Only a trial that lost two workers may fail.
        else expect(trial.failure).toMatchObject({ cause: 'worker', code: 'RONDO_WORKER_LOST' })
        const ends = events.filter(
          (event) =>
            (event.type === 'leg.ended' || event.type === 'leg.failed') && event.trial === trial.number,
        )
        expect(ends).toHaveLength(1)
      }
      if (
        state.trials.every(({ state }) => state === 'completed') &&
        state.best?.number === read(whole).state.best?.number
      ) {
        expect(files(folder)).toEqual(files(whole))
      }
    }
    // A frozen worker whose parent was killed ends when it is let go on, and not before.
    for (const pid of stillThere(seen)) kill(pid, 'SIGCONT')
    for (let waited = 0; waited < 5000 && stillThere(seen).length > 0; waited += 100) await sleep(100)
    expect(stillThere(seen)).toEqual([])
  },
)

function kill(pid: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself meanwhile.
  }
}
