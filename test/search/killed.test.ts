import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { compose, deriveRng, STORE, systemClock } from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runFor } from '../kill/run-for.ts'
import { trialsOf } from './mixed-study.ts'

const program = fileURLToPath(new URL('mixed-program.ts', import.meta.url))
/** `RONDO_TRIALS=500` for the whole. */
const TRIALS = Number(env.RONDO_TRIALS ?? 60)
const KILLS = 12
const WHOLE_MS = TRIALS * 2_000

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rondo-killed-'))
})
// Thousands of checkpoints.
afterEach(() => rmSync(directory, { recursive: true }), 120_000)

function outcome(folder: string) {
  const log = compose([sqliteStore({ directory: folder }), systemClock()])
    .resolve(STORE)
    .open('mixed', 'read')
  const trials = trialsOf(log)
  const sessions = [...log.read()].filter(({ event }) => event.type === 'session.opened').length
  log.close()
  return { trials, sessions }
}

test(`bayes under ASHA, ${TRIALS} trials, killed at random moments goes on as an uninterrupted study`, {
  timeout: 4 * WHOLE_MS,
}, async () => {
  const [whole, killed] = [join(directory, 'whole'), join(directory, 'killed')]
  const never = { ms: WHOLE_MS }
  expect(await runFor(program, [whole, String(TRIALS)], never)).toBe(true)
  const rng = deriveRng({ seed: 11, purpose: 'kill' })
  // A trial comes to some five events.
  const most = Math.ceil((5 * TRIALS) / KILLS)
  for (let kills = 0; kills < KILLS; kills++) {
    const ended = await runFor(program, [killed, String(TRIALS)], { lines: rng.integer(1, most) })
    expect(ended).toBe(false)
  }
  expect(await runFor(program, [killed, String(TRIALS)], never)).toBe(true)
  const { sessions, trials } = outcome(killed)
  expect(sessions).toBeGreaterThan(KILLS / 2)
  expect(trials).toEqual(outcome(whole).trials)
  expect([...new Set(trials.map(({ state }) => state))].sort()).toEqual(['completed', 'failed', 'paused'])
})
