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

/** The packages on PyPI that the peers come from. */
const DISTRIBUTIONS: Readonly<Record<string, readonly string[]>> = {
  'optuna-tpe': ['optuna'],
  'optuna-gp': ['optuna', 'torch'],
  bayes_opt: ['bayesian-optimization'],
}

/** Why a peer can't run here; `undefined` where it can. */
export function missingPeer(name: string): string | undefined {
  const { status } = spawnSync(python, ['-c', `import ${PEERS[name]}`])
  return status === 0 ? undefined : `${name} is missing: ${python} cannot import ${PEERS[name]}`
}

/** The versions of the peers among `names`, as the Python of the peers has them; empty without any. */
export function peerVersions(names: readonly string[]): string {
  const distributions = [...new Set(names.flatMap((name) => DISTRIBUTIONS[name] ?? []))]
  return distributions
    .map((distribution) => {
      const ask = `from importlib.metadata import version; print(version('${distribution}'))`
      const { status, stdout } = spawnSync(python, ['-c', ask], { encoding: 'utf8' })
      return `${distribution} ${status === 0 ? stdout.trim() : 'of an unknown version'}`
    })
    .join(', ')
}

/** A peer in a Python process of its own, which it keeps between runs. The best measured is its recommendation. */
export function peerSampler(name: string): Sampler {
  let peer: Peer | undefined
  return {
    name,
    run: (run) => {
      peer ??= startPeer(name)
      return askAndTell(peer, run)
    },
    close: () => peer?.end(),
  }
}

/** A line of JSON to the peer, and the next line of its own. */
interface Peer {
  readonly name: string
  say(message: object): void
  answer(): Promise<unknown>
  end(): void
}

function startPeer(name: string): Peer {
  // One thread each: their matrices are small, and several runs share the machine.
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    name,
    say: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    answer: async () => {
      const { value: line, done } = await lines.next()
      if (done === true) throw new Error(`${name} ended before it answered.`)
      return JSON.parse(line)
    },
    end: () => child.stdin.end(),
  }
}

async function askAndTell(peer: Peer, { problem, seed, parallel, checkpoints }: Run): Promise<Outcome> {
  const until = checkpoints.at(-1)!
  const { space, objective } = problem
  const parameters = space.names.map((n) => peerParameter(space, n))
  peer.say({
    do: 'start',
    sampler: peer.name,
    seed,
    parameters: parameters.map(({ description }) => description),
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
    peer.say({
      do: 'tell',
      ask: finished++,
      value: failed ? null : objective.direction === 'minimize' ? value : -value,
    })
    if (!failed && (best === undefined || isBetter(objective, value, best.value))) best = { value, params }
    if (checkpoints.includes(finished)) regrets.push(best === undefined ? 1 : problem.regret(best.params))
  }
  for (let trial = 0; trial < until; trial++) {
    if (trial - finished === parallel) finishNext()
    const begun = performance.now()
    peer.say({ do: 'ask' })
    const { at } = (await peer.answer()) as { at: number[] }
    spent += performance.now() - begun
    asked.push(paramsOf(space, parameters, at))
  }
  while (finished < asked.length) finishNext()
  return { regrets, suggestMs: spent / until }
}

interface PeerParameter {
  readonly name: string
  /** What the peer is told of it. */
  readonly description: object
  /** The value that an answer of the peer stands for. */
  readonly decode: (answer: number) => ParamValue
}

/**
 * The kind of parameter that a user of the peer would choose: integers as integers, on their log scale; ordered lists
 * by their place; other lists as categories; reals by their position on their scale.
 */
function peerParameter(space: Space, name: string): PeerParameter {
  const parameter = space.get(name)
  if (parameter.type === 'int' && parameter.step === undefined) {
    const { low, high, log } = parameter
    return { name, description: { kind: 'int', low, high, log: log === true }, decode: (answer) => answer }
  }
  const values = space.valuesOf(name)
  if (values === undefined) {
    return { name, description: { kind: 'real' }, decode: (answer) => realAt(space, name, answer) }
  }
  const list = Array.from({ length: values.length }, (_, i) => values.at(i))
  const ordered = list.length > 2 && list.every((v) => typeof v === 'number')
  if (ordered) list.sort((a, b) => Number(a) - Number(b))
  return {
    name,
    description: ordered
      ? { kind: 'int', low: 0, high: list.length - 1, log: false }
      : { kind: 'category', size: list.length },
    decode: (answer) => list[answer]!,
  }
}

/** The peer's answers → params; inactive ones are left out. */
function paramsOf(space: Space, parameters: readonly PeerParameter[], at: readonly number[]): Params {
  const params: Record<string, ParamValue> = {}
  for (const [i, { name, decode }] of parameters.entries()) {
    if (space.isActive(name, params)) params[name] = decode(at[i]!)
  }
  return params
}

function realAt(space: Space, name: string, position: number): number {
  const parameter = space.get(name)
  if (parameter.type !== 'float') throw new Error(`${name} has no values and is no float.`)
  const { low, high, log } = parameter
  return space.snap(name, log === true ? low * (high / low) ** position : low + position * (high - low))
}
