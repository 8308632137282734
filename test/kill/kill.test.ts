import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compose, deriveRng, readStudy, STORE, systemClock } from '@rondo/core'
import { sqliteStore } from '@rondo/store-sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runFor } from './run-for.ts'

const program = fileURLToPath(new URL('study-program.ts', import.meta.url))
const KILLS = 20

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rondo-kill-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** What must be the same bit for bit, and what the log says of legs. */
function outcome(folder: string) {
  const log = compose([sqliteStore({ directory: folder }), systemClock()])
    .resolve(STORE)
    .open('descent', 'read')
  const { state, published } = readStudy(log)
  const events = [...log.read()].map(({ event }) => event)
  const legsEnded = events.filter(({ type }) => type === 'leg.ended').length
  const sessions = events.filter(({ type }) => type === 'session.opened').length
  log.close()
  const trials = state.trials.map(({ number, params, memo, curve, value }) => ({
    number,
    params,
    memo,
    curve,
    value,
  }))
  return { trials, best: published?.trial, legsEnded, sessions }
}

/** Everything in the study's folder but the versions of `best/`, of which the one before may still be there. */
const files = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'descent'), { recursive: true })
    .map(String)
    .filter((file) => !file.startsWith('.published'))
    .sort()

test.each(['one', 'three'])(
  'a study with %s at a time, killed at twenty random moments, ends as an uninterrupted one',
  { timeout: 120_000 },
  async (workers) => {
    const whole = join(directory, 'whole')
    expect(await runFor(program, [whole, workers], { ms: 60_000 })).toBe(true)

    const killed = join(directory, 'killed')
    const rng = deriveRng({ seed: 5, purpose: `kill ${workers}` })
    for (let kills = 0; kills < KILLS; ) {
      // Some moments fall into the opening of the study, most into its trials.
      if (await runFor(program, [killed, workers], { ms: rng.integer(0, 200) })) break
      kills++
    }
    await runFor(program, [killed, workers], { ms: 60_000 })

    const { sessions, ...result } = outcome(killed)
    const { sessions: one, ...expected } = outcome(whole)
    expect(one).toBe(1)
    expect(sessions).toBeGreaterThan(5)
    expect(result).toEqual(expected)
    expect(result.trials).toHaveLength(40)
    expect(result.legsEnded).toBe(40)
    expect(files(killed)).toEqual(files(whole))
  },
)
