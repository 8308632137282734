import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { env } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Peer, PeerKind } from '../peer.ts'

/** A Python that has the peers. */
const python = env.RONDO_PEERS_PYTHON ?? 'python3'

/** Programs that run as many updates as each line they read says, and answer with the processor time in ms. */
const PROGRAMS = { torch: 'torch_step.py', keras: 'keras_step.py' } as const

type Module = keyof typeof PROGRAMS

/** One thread each, and quiet. */
const ENVIRONMENT = {
  ...env,
  ...{ OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' },
  ...{ KERAS_BACKEND: 'tensorflow', TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '' },
}

/** The versions of a peer, or undefined where the Python in use cannot import it. */
export function versionOf(module: Module): string | undefined {
  const modules = module === 'keras' ? ['keras', 'tensorflow'] : [module]
  const script = modules.map((name) => `import ${name}; print(${name}.__version__)`).join('\n')
  const { status, stdout } = spawnSync(python, ['-c', script], { env: ENVIRONMENT, encoding: 'utf8' })
  return status === 0 ? stdout.trim().split('\n').join('/') : undefined
}

/** What to say of a peer that is not there. */
export const missing = (name: string, module: Module): string =>
  `${name} is missing: ${python} cannot import ${module}. RONDO_PEERS_PYTHON names another Python.`

/** A framework in Python, on one thread, in a process of its own that waits while others are timed. */
export const pythonPeer = (name: string, module: Module): PeerKind => ({
  name,
  async make({ batch, steps, features, units }) {
    const program = fileURLToPath(new URL(PROGRAMS[module], import.meta.url))
    const child: ChildProcess = spawn(python, [program, ...[batch, steps, features, units].map(String)], {
      env: ENVIRONMENT,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    if (!child.stdin || !child.stdout) throw new Error(`${program} has no pipes.`)
    const { stdin } = child
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const peer: Peer = {
      async run(updates) {
        stdin.write(`${updates}\n`)
        const { done, value } = await lines.next()
        if (done) throw new Error(`${program} ended before its updates.`)
        return Number(value)
      },
      dispose() {
        stdin.end()
      },
    }
    return peer
  },
})
