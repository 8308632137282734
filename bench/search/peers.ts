import { spawn, spawnSync } from 'node:child_process'
import { env } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isBetter, type Params, type ParamValue, type Space } from '@rondo/core'
import type { Outcome, Run, Sampler } from './samplers.ts'

const python = env.RONDO_PEERS_PYTHON ?? 'python3'
const script = fileURLToPath(new URL('./peer.py', import.meta.url))

/** Tuners of others, and the module that each needs. */
export const PEERS: Readonly<Record<string, string>> = {
  'optuna-tpe': 'optuna',
  'optuna-gp': 'optuna, torch, scipy',
  bayes_opt: 'bayes_opt',
}

/** Why a peer can't run here; `undefined` where it can. */
export function missingPeer(name: string): string | undefined {
  const { status } = spawnSync(python, ['-c', `import ${PEERS[name]}`])
  return status === 0 ? undefined : `${name} is missing: ${python} cannot import ${PEERS[name]}`
}

/** A peer in a Python process of its own for each run. The best measured is its recommendation. */
export function peerSampler(name: string): Sampler {
  return { name, run: (run) => askAndTell(name, run) }
}

async function askAndTell(
  name: string,
  { problem, seed, trials, parallel, checkpoints }: Run,
): Promise<Outcome> {
  const { space, objective } = problem
  const values = space.names.map((n) => {
    const own = space.valuesOf(n)
    if (own === undefined) return { name: n, list: [], ordered: true }
    const list = Array.from({ length: own.length }, (_, i) => own.at(i))
    const ordered = list.length > 2 && list.every((v) => typeof v === 'number')
    return { name: n, list: ordered ? list.toSorted((a, b) => Number(a) - Number(b)) : list, ordered }
  })
  // One thread each: their matrices are small, and several runs share the machine.
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const say = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`)
  say({
    do: 'start',
    sampler: name,
    seed,
    sizes: values.map(({ list }) => (list.length === 0 ? null : list.length)),
    ordered: values.map(({ ordered }) => ordered),
  })
  const asked: Params[] = []
  const looks = new Map<string, number>()
  const regrets: number[] = []
  let best: { value: number; params: Params } | undefined
  let finished = 0
  let spent = 0
  const finishNext = (): void => {
    const params = asked[finished]!
    const key = space.keyOf(params)
    const repeat = looks.get(key) ?? 0
    looks.set(key, repeat + 1)
    const value = problem.measure(params, seed, repeat)
    const failed = Number.isNaN(value)
    say({
      do: 'tell',
      ask: finished++,
      value: failed ? null : objective.direction === 'minimize' ? value : -value,
    })
    if (!failed && (best === undefined || isBetter(objective, value, best.value))) best = { value, params }
    if (checkpoints.includes(finished)) regrets.push(best === undefined ? 1 : problem.regret(best.params))
  }
  for (let trial = 0; trial < trials; trial++) {
    if (trial - finished === parallel) finishNext()
    const begun = performance.now()
    say({ do: 'ask' })
    const { value: line, done } = await lines.next()
    if (done === true) throw new Error(`${name} ended with trial ${trial} asked for.`)
    spent += performance.now() - begun
    const { at } = JSON.parse(line) as { at: number[] }
    asked.push(paramsOf(space, values, at))
  }
  while (finished < asked.length) finishNext()
  child.stdin.end()
  return { regrets, suggestMs: spent / trials }
}

interface PeerParameter {
  readonly name: string
  /** Its values; none where it is continuous. */
  readonly list: readonly ParamValue[]
  readonly ordered: boolean
}

/** Indices and, for continuous parameters, positions in [0, 1] → params; inactive ones are left out. */
function paramsOf(space: Space, parameters: readonly PeerParameter[], at: readonly number[]): Params {
  const params: Record<string, ParamValue> = {}
  for (const [i, { name, list }] of parameters.entries()) {
    if (space.isActive(name, params))
      params[name] = list.length > 0 ? list[at[i]!]! : realAt(space, name, at[i]!)
  }
  return params
}

function realAt(space: Space, name: string, position: number): number {
  const parameter = space.get(name)
  if (parameter.type !== 'float') throw new Error(`${name} has no values and is no float.`)
  const { low, high, log } = parameter
  return space.snap(name, log === true ? low * (high / low) ** position : low + position * (high - low))
}
